/**
 * `console`, which writes to the host's log. `makeConsole` runs inside the guest, as `makeInspect` does.
 *
 * @module
 */

/**
 * Gives the functions of `console`.
 * @param inspect how values that are no strings are shown
 * @param log takes a level and a text
 */
export function makeConsole(
	inspect: (value: unknown) => string,
	log: (level: string, text: string) => void,
): Record<string, (...values: unknown[]) => void> {
	const { apply } = Reflect;
	const { charAt, indexOf, split, startsWith } = String.prototype;
	const ErrorClass = Error;
	const { parseFloat: toNumber, trunc } = { parseFloat, trunc: Math.trunc };
	const { now } = Date;
	const toText = String;
	const counts: Record<string, number> = Object.create(null);
	const timers: Record<string, number> = Object.create(null);

	const shown = (value: unknown) => (typeof value === 'string' ? value : inspect(value));

	/** What stands for a placeholder; undefined if it is none. */
	function placed(sign: string, value: unknown): string | undefined {
		switch (sign) {
			case 's':
				return shown(value);
			case 'd':
			case 'i':
			case 'f': {
				const number = typeof value === 'object' ? Number.NaN : toNumber(toText(value));
				return toText(sign === 'i' ? trunc(number) : number);
			}
			case 'o':
			case 'O':
			case 'j':
				return inspect(value);
			case 'c':
				return '';
			default:
				return undefined;
		}
	}

	function format(values: unknown[]): string {
		let next = 1;
		let text = values.length > 0 ? shown(values[0]) : '';
		const first = values[0];
		if (typeof first === 'string' && values.length > 1 && apply(indexOf, first, ['%']) >= 0) {
			text = '';
			for (let i = 0; i < first.length; i++) {
				const sign = first[i] as string;
				const kind = sign === '%' ? apply(charAt, first, [i + 1]) : '';
				const replacement = kind && next < values.length ? placed(kind, values[next]) : undefined;
				if (replacement !== undefined) {
					text += replacement;
					next++;
					i++;
				} else if (kind === '%') {
					text += '%';
					i++;
				} else text += sign;
			}
		}
		for (; next < values.length; next++) text += ` ${shown(values[next])}`;
		return text;
	}

	/** The script's own frames, each on a line. */
	function stack(): string {
		let text = '';
		const lines: string[] = apply(split, new ErrorClass().stack, ['\n']);
		for (let i = 0; i < lines.length; i++)
			if (apply(startsWith, lines[i], ['    at ']) && apply(indexOf, lines[i], ['<']) < 0)
				text += `\n${lines[i]}`;
		return text;
	}

	const name = (label: unknown) => (label === undefined ? 'default' : toText(label));
	const lasted = (label: unknown) => {
		const begun = timers[name(label)];
		return begun === undefined ? undefined : `${name(label)}: ${now() - begun} ms`;
	};
	const line =
		(level: string) =>
		(...values: unknown[]) =>
			log(level, format(values));
	return {
		log: line('info'),
		info: line('info'),
		debug: line('debug'),
		warn: line('warning'),
		error: line('error'),
		dir: (value) => log('info', inspect(value)),
		table: line('info'),
		trace: (...values) => log('debug', `Trace: ${format(values)}${stack()}`),
		assert: (condition, ...values) => {
			if (!condition) log('error', `Assertion failed${values.length > 0 ? `: ${format(values)}` : ''}`);
		},
		count: (label) => {
			const key = name(label);
			counts[key] = (counts[key] ?? 0) + 1;
			log('info', `${key}: ${counts[key]}`);
		},
		countReset: (label) => {
			counts[name(label)] = 0;
		},
		time: (label) => {
			timers[name(label)] = now();
		},
		timeLog: (label, ...values) => {
			const text = lasted(label);
			if (text !== undefined) log('info', format([text, ...values]));
		},
		timeEnd: (label) => {
			const text = lasted(label);
			if (text !== undefined) log('info', text);
			delete timers[name(label)];
		},
		// Requests share a log, so that nothing is indented.
		group: line('info'),
		groupCollapsed: line('info'),
		groupEnd: () => {},
	};
}
