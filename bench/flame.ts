/**
 * A flame graph out of one of V8's CPU profiles.
 *
 * @module
 */

/** What `--cpu-prof` writes, as far as it is used. */
export interface CpuProfile {
	readonly nodes: readonly {
		readonly id: number;
		readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
		readonly children?: readonly number[];
	}[];
	readonly samples: readonly number[];
	readonly timeDeltas: readonly number[];
}

/** Calls of one function from one caller. */
class Frame {
	readonly name: string;
	readonly children = new Map<string, Frame>();
	/** Microseconds, in it and below it. */
	time = 0;

	constructor(name: string) {
		this.name = name;
	}

	child(name: string): Frame {
		let frame = this.children.get(name);
		if (!frame) {
			frame = new Frame(name);
			this.children.set(name, frame);
		}
		return frame;
	}
}

const WIDTH = 1600;
const ROW = 17;
/** What is narrower is left out. */
const NARROWEST = 0.4;

const escaped = (text: string) =>
	text.replace(
		/[&<>"]/g,
		(char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char,
	);

/** A colour that stays with the file: what belongs together looks alike. */
function colour(name: string): string {
	let hash = 0;
	for (const char of name.split(' ')[1] ?? name) hash = (hash * 31 + char.charCodeAt(0)) | 0;
	return `hsl(${Math.abs(hash) % 60},${60 + (Math.abs(hash >> 6) % 30)}%,${62 + (Math.abs(hash >> 11) % 14)}%)`;
}

/** The calls of a profile as a tree, idle time left out. */
function treeOf({ nodes, samples, timeDeltas }: CpuProfile): Frame {
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const parents = new Map<number, number>();
	for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id);
	const nameOf = (id: number) => {
		const { functionName, url, lineNumber } = byId.get(id)?.callFrame ?? {
			functionName: '',
			url: '',
			lineNumber: 0,
		};
		const file = url.replace(/^.*\/(?=(?:src|engines|node_modules)\/)/, '');
		return `${functionName || '(anonymous)'} ${file}${file ? `:${lineNumber + 1}` : ''}`;
	};
	const root = new Frame('all');
	for (const [i, sample] of samples.entries()) {
		const path: string[] = [];
		for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) path.push(nameOf(id));
		path.pop(); // V8's root
		if (/^\((idle|program)\)/.test(path.at(-1) ?? '')) continue;
		const time = timeDeltas[i] ?? 0;
		let frame = root;
		frame.time += time;
		for (const name of path.reverse()) {
			frame = frame.child(name);
			frame.time += time;
		}
	}
	return root;
}

/** The graph as SVG: callers below, what they call above them, as wide as the time they took. */
export function flameGraph(profile: CpuProfile, title: string): string {
	const root = treeOf(profile);
	const scale = WIDTH / (root.time || 1);
	const boxes: string[] = [];
	let depth = 0;
	const draw = (frame: Frame, left: number, level: number): void => {
		const width = frame.time * scale;
		if (width < NARROWEST) return;
		depth = Math.max(depth, level);
		const share = ((frame.time / root.time) * 100).toFixed(1);
		const label = width > 40 ? frame.name.slice(0, Math.floor(width / 6.2)) : '';
		boxes.push(
			`<g transform="translate(${left.toFixed(1)},${-level * ROW})"><title>${escaped(frame.name)} ${share}%</title>` +
				`<rect width="${Math.max(0.1, width - 0.5).toFixed(1)}" height="${ROW - 1}" fill="${colour(frame.name)}"/>` +
				`<text x="2" y="12">${escaped(label)}</text></g>`,
		);
		let at = left;
		for (const child of [...frame.children.values()].toSorted((a, b) => b.time - a.time)) {
			draw(child, at, level + 1);
			at += child.time * scale;
		}
	};
	draw(root, 0, 0);
	const height = (depth + 3) * ROW;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="monospace" font-size="10">
<text x="4" y="14" font-size="13">${escaped(title)}</text>
<g transform="translate(0,${height - ROW})">
${boxes.join('\n')}
</g>
</svg>
`;
}
