/**
 * What the mtree module keeps in each child.
 *
 * @module
 */
import type { AvpNameOf } from '../../pv/variables/avp.ts';
import type { CachedTables } from '../cached-tables.ts';
import type { OutputVariable } from '../output-variable.ts';
import type { TreeSources, Trees } from './loading.ts';

/** Where what is found goes. */
export interface MtreeOutputs {
	readonly value: OutputVariable | undefined;
	readonly values: AvpNameOf | undefined;
	readonly destination: AvpNameOf | undefined;
	readonly weight: AvpNameOf | undefined;
	readonly count: OutputVariable | undefined;
}

/** The state. */
export interface MtreeState {
	readonly tables: CachedTables<Trees>;
	readonly sources: TreeSources;
	readonly outputs: MtreeOutputs;
}
