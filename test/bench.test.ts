import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DOMParser } from '@xmldom/xmldom';
import { QUICK_GROWTH, SUBJECTS, steepest } from '../bench/growth.ts';
import { barPlot, linePlot } from '../bench/plot.ts';

/** Throws where a text is no XML. */
const elements = (svg: string, name: string) =>
	new DOMParser().parseFromString(svg, 'image/svg+xml').getElementsByTagName(name).length;

for (const subject of SUBJECTS)
	test(`the bench measures what a request costs against: ${subject.title}`, async () => {
		const series = await subject.measure({ ...QUICK_GROWTH, largest: 10 });
		assert.ok(series.length > 1);
		for (const { points } of series) for (const [x, y] of points) assert.ok(x > 0 && y > 0);
	});

test('a plot has a line for each series and a dot for each point', () => {
	const series = [
		{
			name: 'a & b',
			points: [
				[10, 1],
				[100, 9],
				[1000, 120],
			] as const,
		},
		{ name: 'c', points: [[10, 0.5]] as const },
	];
	const svg = linePlot({ title: 'T', x: '<x>', y: 'y' }, series);
	assert.equal(elements(svg, 'polyline'), 2);
	assert.equal(elements(svg, 'circle'), 4);
	assert.equal(
		elements(
			barPlot('T', 'ms', [
				['a', 1],
				['b', 2],
			]),
			'rect',
		),
		3,
	);
});

test('the steepest growth is the power between two sizes', () => {
	assert.equal(
		steepest([
			[10, 1],
			[100, 1],
			[1000, 100],
		]).toFixed(2),
		'2.00',
	);
	assert.equal(steepest([[10, 7]]), 0);
});
