/**
 * Settings that change while the host runs: those of the host, and those that a configuration declares for its own routes
 * (core/cfg). Each child has their values; the store keeps what was changed for children that start later.
 *
 * @module
 */
import { KemihostError } from '../../errors.ts';
import type { HostServices } from '../../kemi/context.ts';
import { tableOfLife } from '../../store/once.ts';
import type { SharedTable } from '../../store/store.ts';

/** What a setting holds: an integer, or a byte string. */
export type SettingValue = number | string;

/** A setting. */
export interface Setting {
	readonly group: string;
	readonly name: string;
	readonly type: 'integer' | 'string';
	/** What it holds before anybody changes it. */
	readonly initial: SettingValue;
	get(): SettingValue;
	set(value: SettingValue): void;
}

/** A change that waits to be committed. */
export interface DelayedChange {
	readonly setting: Setting;
	readonly value: SettingValue;
}

const DECLARATION = /^\s*(\w+)\.(\w+)\s*=\s*(?:([+-]?\d+)|"(.*)")\s*$/s;
const INTEGER = /^[+-]?\d{1,10}$/;

/** Reads `group.name=5` and `group.name="text"`. */
function declared(text: string): Setting {
	const [all, group = '', name = '', digits, quoted = ''] = DECLARATION.exec(text) ?? [];
	if (all === undefined)
		throw new KemihostError('KH_MODPARAM', `parameter setting of module cfg_rpc: "${text}"`, {
			hint: 'write group.name=5 or group.name="text"',
		});
	const initial = digits === undefined ? quoted : Number(digits);
	let value: SettingValue = initial;
	return {
		group,
		name,
		type: digits === undefined ? 'string' : 'integer',
		initial,
		get: () => value,
		set: (given) => {
			value = given;
		},
	};
}

/** The log level, `core.debug`. */
function logLevel({ log }: HostServices): Setting {
	return {
		group: 'core',
		name: 'debug',
		type: 'integer',
		initial: log.threshold,
		get: () => log.threshold,
		set: (level) => {
			log.threshold = Number(level);
		},
	};
}

/** A value as a setting takes it; undefined if it does not. */
export function valueFor({ type }: Setting, given: string): SettingValue | undefined {
	if (type === 'string') return given;
	const number = Number(given);
	return INTEGER.test(given) && number === (number | 0) ? number : undefined;
}

/** All settings of a child. */
export class Settings {
	readonly #settings: readonly Setting[];
	/** Values by `group.name`, and changes that wait by `delayed group.name`. */
	readonly #changes: SharedTable;

	/**
	 * @param declarations what modparam declares
	 * @throws KemihostError `KH_MODPARAM`
	 */
	constructor(host: HostServices, declarations: readonly (string | number)[]) {
		this.#settings = [logLevel(host), ...declarations.map((text) => declared(String(text)))];
		this.#changes = tableOfLife(host.store, 'cfg');
		for (const setting of this.#settings) {
			const changed = this.#changes.get(`${setting.group}.${setting.name}`);
			if (changed !== undefined) setting.set(changed);
		}
	}

	/** A setting by its name. */
	find(group: string | undefined, name: string | undefined): Setting | undefined {
		return this.#settings.find((setting) => setting.group === group && setting.name === name);
	}

	/** The settings of a group, or all. */
	list(group?: string): readonly Setting[] {
		return this.#settings.filter((setting) => group === undefined || setting.group === group);
	}

	/** Changes a setting in this child, and in those that start later. Throws a StoreRefusal. */
	change(setting: Setting, value: SettingValue): void {
		this.#changes.set(`${setting.group}.${setting.name}`, value);
		setting.set(value);
	}

	/** Lets a change wait. Throws a StoreRefusal. */
	delay({ group, name }: Setting, value: SettingValue): void {
		this.#changes.set(`delayed ${group}.${name}`, value);
	}

	/** The changes that wait, in the order of the settings. */
	get delayed(): readonly DelayedChange[] {
		return this.#settings.flatMap((setting) => {
			const value = this.#changes.get(`delayed ${setting.group}.${setting.name}`);
			return value === undefined ? [] : [{ setting, value }];
		});
	}

	/** Forgets the changes that wait. */
	dropDelayed(): void {
		for (const { group, name } of this.#settings) this.#changes.delete(`delayed ${group}.${name}`);
	}
}
