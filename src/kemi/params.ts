/**
 * Module parameters: checks the given values against the modules' declarations.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { KemiModule, ModuleParam, ParamValues } from './module.ts';
import { suggest } from './suggest.ts';

/** One `modparam("module", "name", value)`. */
export interface ModParam {
	readonly module: string;
	readonly name: string;
	readonly value: string | number;
	/** Where it was written, for error messages. */
	readonly where?: string;
}

/** Finds the parameter that a modparam means. */
function declarationOf(modules: readonly KemiModule[], given: ModParam): ModuleParam {
	const hint = (near: string | undefined) => (near ? `did you mean ${near}?` : undefined);
	const module = modules.find((m) => m.name === given.module);
	if (!module)
		throw new KemihostError('KH_MODPARAM', `there is no module ${given.module}`, {
			where: given.where,
			hint: hint(
				suggest(
					given.module,
					modules.map((m) => m.name),
				),
			),
		});
	const params = module.params ?? [];
	const param = params.find((p) => p.name === given.name);
	if (!param)
		throw new KemihostError('KH_MODPARAM', `module ${given.module} has no parameter ${given.name}`, {
			where: given.where,
			hint: hint(
				suggest(
					given.name,
					params.map((p) => p.name),
				),
			),
		});
	if (typeof given.value !== (param.type === 'int' ? 'number' : 'string'))
		throw new KemihostError(
			'KH_MODPARAM',
			`parameter ${given.name} of module ${given.module} wants ${param.type === 'int' ? 'an integer' : 'a string'}`,
			{ where: given.where },
		);
	return param;
}

/** The parameters of one module, as its `init` reads them. */
class Values implements ParamValues {
	readonly #params: readonly ModuleParam[];
	readonly #given = new Map<string, (string | number)[]>();

	constructor(params: readonly ModuleParam[]) {
		this.#params = params;
	}

	add(name: string, value: string | number): void {
		const values = this.#given.get(name);
		if (values) values.push(value);
		else this.#given.set(name, [value]);
	}

	str(name: string): string | null {
		return this.#last(name) as string | null;
	}

	int(name: string): number {
		return this.#last(name) as number;
	}

	all(name: string): (string | number)[] {
		return this.#given.get(name) ?? [];
	}

	#last(name: string): string | number | null {
		const given = this.#given.get(name)?.at(-1);
		return given ?? this.#params.find((param) => param.name === name)?.default ?? null;
	}
}

/**
 * Sorts modparams to their modules.
 * @returns for each module its values, given or default
 * @throws KemihostError `KH_MODPARAM` for an unknown module or parameter, or a value of the wrong type
 */
export function collectParams(
	modules: readonly KemiModule[],
	given: readonly ModParam[],
): (module: KemiModule) => ParamValues {
	const values = new Map(modules.map((module) => [module.name, new Values(module.params ?? [])]));
	for (const param of given) {
		const { name } = declarationOf(modules, param);
		values.get(param.module)?.add(name, param.value);
	}
	return (module) => values.get(module.name) ?? new Values(module.params ?? []);
}

/**
 * An error of a module about its parameters, with the place where the one is given that it names: modules know
 * no places. Anything else stays as it is.
 */
export function withPlace(error: unknown, module: string, given: readonly ModParam[]): unknown {
	if (!(error instanceof KemihostError) || error.code !== 'KH_MODPARAM' || error.where !== undefined)
		return error;
	const { code, message, hint, cause } = error;
	const [, named] = /^parameter (\w+) of module/.exec(message) ?? [];
	const candidates = given.filter((param) => param.module === module && (named ?? param.name) === param.name);
	const meant =
		candidates.findLast(({ value }) => message.includes(String(value))) ??
		(named ? candidates.at(-1) : undefined);
	return meant?.where === undefined
		? error
		: new KemihostError(code, message, { where: meant.where, hint, cause });
}
