/**
 * Plots as plain SVG: lines over two logarithmic axes, and bars.
 *
 * @module
 */

/** A line: its points, of which both numbers are above zero. */
export interface Series {
	readonly name: string;
	readonly points: readonly (readonly [x: number, y: number])[];
}

/** What stands at the axes. */
export interface Labels {
	readonly title: string;
	readonly x: string;
	readonly y: string;
}

const WIDTH = 720;
const HEIGHT = 380;
const LEFT = 70;
const RIGHT = 150;
const TOP = 40;
const BOTTOM = 50;
/** Distinct for those who do not see red and green apart (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9'];

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const colour = (index: number) => COLOURS[index % COLOURS.length] as string;

/** A number in few characters: `1 M`, `64 k`, `0.5`. */
export function short(value: number): string {
	if (value >= 1e6) return `${Number((value / 1e6).toPrecision(3))} M`;
	if (value >= 1e4) return `${Number((value / 1e3).toPrecision(3))} k`;
	return String(Number(value.toPrecision(3)));
}

/** A logarithmic axis of so many pixels: where a value lies on it, and where its marks are. */
class Axis {
	readonly #low: number;
	readonly #decades: number;
	readonly #pixels: number;
	readonly marks: readonly number[];

	/** Ends at powers of ten for the marks, and spans at least one decade. */
	constructor(values: readonly number[], pixels: number) {
		this.#low = Math.floor(Math.log10(Math.min(...values)));
		this.#decades = Math.max(1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9) - this.#low);
		this.#pixels = pixels;
		this.marks = Array.from({ length: this.#decades + 1 }, (_, i) => 10 ** (this.#low + i));
	}

	at(value: number): number {
		return ((Math.log10(value) - this.#low) / this.#decades) * this.#pixels;
	}
}

function frame(title: string, height: number, content: readonly string[]): string {
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="12">
<title>${escaped(title)}</title>
<rect width="100%" height="100%" fill="#fff"/>
<text x="${LEFT}" y="22" font-size="14">${escaped(title)}</text>
${content.join('\n')}
</svg>
`;
}

/** Lines over logarithmic axes, where growth by a power is a straight line, and growth with the input one of 45 degrees. */
export function linePlot(labels: Labels, series: readonly Series[]): string {
	const points = series.flatMap((one) => one.points);
	const across = new Axis(
		points.map(([x]) => x),
		WIDTH - LEFT - RIGHT,
	);
	const up = new Axis(
		points.map(([, y]) => y),
		HEIGHT - TOP - BOTTOM,
	);
	const bottom = HEIGHT - BOTTOM;
	const x = (value: number) => (LEFT + across.at(value)).toFixed(1);
	const y = (value: number) => (bottom - up.at(value)).toFixed(1);
	const content: string[] = [];
	for (const mark of across.marks)
		content.push(
			`<line x1="${x(mark)}" y1="${TOP}" x2="${x(mark)}" y2="${bottom}" stroke="#ddd"/>`,
			`<text x="${x(mark)}" y="${bottom + 16}" text-anchor="middle">${short(mark)}</text>`,
		);
	for (const mark of up.marks)
		content.push(
			`<line x1="${LEFT}" y1="${y(mark)}" x2="${WIDTH - RIGHT}" y2="${y(mark)}" stroke="#ddd"/>`,
			`<text x="${LEFT - 6}" y="${Number(y(mark)) + 4}" text-anchor="end">${short(mark)}</text>`,
		);
	content.push(
		`<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${escaped(labels.x)}</text>`,
		`<text x="16" y="${(TOP + bottom) / 2}" text-anchor="middle" transform="rotate(-90 16 ${(TOP + bottom) / 2})">${escaped(labels.y)}</text>`,
	);
	for (const [i, one] of series.entries()) {
		const path = one.points.map(([at, value]) => `${x(at)},${y(value)}`).join(' ');
		const dots = one.points.map(
			([at, value]) => `<circle cx="${x(at)}" cy="${y(value)}" r="3" fill="${colour(i)}"/>`,
		);
		content.push(
			`<polyline points="${path}" fill="none" stroke="${colour(i)}" stroke-width="2"/>`,
			...dots,
			`<rect x="${WIDTH - RIGHT + 14}" y="${TOP + i * 20}" width="12" height="12" fill="${colour(i)}"/>`,
			`<text x="${WIDTH - RIGHT + 32}" y="${TOP + i * 20 + 10}">${escaped(one.name)}</text>`,
		);
	}
	return frame(labels.title, HEIGHT, content);
}

/** A bar for each name, from zero. */
export function barPlot(title: string, unit: string, bars: readonly (readonly [string, number])[]): string {
	const most = Math.max(...bars.map(([, value]) => value));
	const room = WIDTH - LEFT - RIGHT - 40;
	const content = bars.map(([name, value], i) => {
		const top = TOP + i * 26;
		return (
			`<text x="${LEFT + 34}" y="${top + 14}" text-anchor="end">${escaped(name)}</text>` +
			`<rect x="${LEFT + 40}" y="${top}" width="${((value / most) * room).toFixed(1)}" height="18" fill="${colour(0)}"/>` +
			`<text x="${(LEFT + 46 + (value / most) * room).toFixed(1)}" y="${top + 14}">${short(value)} ${escaped(unit)}</text>`
		);
	});
	return frame(title, TOP + bars.length * 26 + 14, content);
}
