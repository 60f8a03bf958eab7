/**
 * The geoip2 module: where an address is, by a database in the format of MaxMind (modules/geoip2).
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { isIP, isIPv4 } from 'node:net';
import type { Reader, Response } from 'mmdb-lib';
import { bytesOf, textOf } from '../bytes.ts';
import { KemihostError } from '../errors.ts';
import type { RequestContext } from '../kemi/context.ts';
import { defineModule, fn, type KemiModule, noEffect, param, str } from '../kemi/module.ts';
import { RpcFault, rpc, sameEverywhere } from '../kemi/rpc.ts';
import { library } from '../late.ts';
import { Containers } from './containers.ts';

const mmdb = library('mmdb-lib');

/** What an address has: what its record says, and how long the prefix is that it stands for. */
interface Place {
	readonly record: unknown;
	readonly prefix: number;
}

interface Geoip2State {
	readonly path: string | undefined;
	reader: Reader<Response> | undefined;
}

/** What functions give where there is no place. */
const RESULT = { unknown: -2, noPlace: -3, tooLong: -3 } as const;

/** The most bytes of an address. */
const LONGEST = 255;

/** How many bits stand in front of an address of IPv4 in a database for both. */
const IPV4_DEPTH = 96;

/** A member of a record, by its way down. */
function member({ record }: Place, ...path: readonly (string | number)[]): unknown {
	let value = record;
	for (const key of path) value = (value as Record<string | number, unknown> | undefined | null)?.[key];
	return value;
}

const text =
	(...path: readonly (string | number)[]) =>
	(place: Place) => {
		const value = member(place, ...path);
		return typeof value === 'string' ? bytesOf(value) : undefined;
	};

const degrees = (name: string) => (place: Place) => {
	const value = member(place, 'location', name);
	return typeof value === 'number' ? value.toFixed(6) : undefined;
};

const country = text('country', 'iso_code');
const registered = text('registered_country', 'iso_code');
/** Stands for the country of proxies that hide where one is. */
const PROXY = 'A1';

const containers = new Containers<Place>(
	'gip2',
	'What KSR.geoip2.match has found, in the container that it was given; null without a match before in this request.',
	{
		cc: (place) =>
			member(place, 'traits', 'is_anonymous_proxy') === true ? PROXY : (country(place) ?? registered(place)),
		tz: text('location', 'time_zone'),
		zip: text('postal', 'code'),
		lat: degrees('latitude'),
		lon: degrees('longitude'),
		city: text('city', 'names', 'en'),
		regc: text('subdivisions', 0, 'iso_code'),
		regn: text('subdivisions', 0, 'names', 'en'),
		contc: text('continent', 'code'),
		metro(place) {
			const value = member(place, 'location', 'metro_code');
			return typeof value === 'number' ? String(value) : undefined;
		},
		nmask: ({ prefix }) => String(prefix),
	},
);

function open(path: string): Reader<Response> {
	const { Reader } = mmdb();
	return new Reader<Response>(readFileSync(path));
}

/** The place of an address; undefined if the database has none. */
function placeOf({ reader }: Geoip2State, address: string): Place | undefined {
	if (!reader || isIP(address) === 0) return undefined;
	const [record, prefix] = reader.getWithPrefixLength(address);
	if (record === null) return undefined;
	const depth = isIPv4(address) && reader.metadata.ipVersion === 6 ? IPV4_DEPTH : 0;
	return { record, prefix: prefix + depth };
}

function match(ctx: RequestContext, address: string, container: string): number {
	const state = ctx.state(geoip2);
	containers.put(ctx, container, undefined);
	if (!state.reader) return ctx.refuse('KSR.geoip2.match: path is not set');
	if (address.length > LONGEST) return RESULT.tooLong;
	const place = placeOf(state, address);
	if (!place) return RESULT.unknown;
	containers.put(ctx, container, place);
	return 1;
}

/** Miles: the radius of the earth in kilometres, and how many miles are one. */
const RADIUS = 6371.0072 * 0.6214;
const radians = (value: number) => (value * Math.PI) / 180;

function distance(ctx: RequestContext, address: string, latitude: string, longitude: string): number {
	const state = ctx.state(geoip2);
	if (!state.reader) return ctx.refuse('KSR.geoip2.distance: path is not set');
	const place = placeOf(state, address);
	if (!place) return RESULT.unknown;
	const [lat, lon] = [member(place, 'location', 'latitude'), member(place, 'location', 'longitude')];
	if (lat === undefined || lon === undefined) return RESULT.unknown;
	if (typeof lat !== 'number' || typeof lon !== 'number') return RESULT.noPlace;
	const [fromLat, fromLon] = [Number.parseFloat(latitude) || 0, Number.parseFloat(longitude) || 0];
	const half = (a: number, b: number) => Math.sin(radians(b - a) / 2) ** 2;
	const a = half(fromLat, lat) + Math.cos(radians(fromLat)) * Math.cos(radians(lat)) * half(fromLon, lon);
	return Math.trunc(RADIUS * 2 * Math.atan2(Math.sqrt(a), Math.sqrt(1 - a)));
}

/** The functions on KSR.geoip2. */
export const geoip2: KemiModule<Geoip2State> = defineModule<Geoip2State>({
	name: 'geoip2',
	doc: 'Where addresses are, by a database that you have, such as GeoLite2 or DB-IP Lite.',
	params: [
		param(
			'path',
			null,
			'The file of the database, in the format MaxMind DB (.mmdb). Each child keeps it in its memory.',
		),
		{ ...noEffect('resid', null, 'any name of a container will do'), repeatable: true },
	],
	functions: [
		fn(
			'match',
			[str('address'), str('container')],
			'int',
			'Looks an address up for $gip2(container=>…): 1, -2 for one that the database does not have, -3 for more than 255 bytes.',
			match,
			{ cfg: 'geoip2_match' },
		),
		fn(
			'distance',
			[str('address'), str('latitude'), str('longitude')],
			'int',
			'How many miles there are between an address and a place; -2 if the database does not know. Newer than Kamailio 5.6.3.',
			distance,
			{ cfg: 'geoip2_distance' },
		),
	],
	variables: [containers.variable],
	rpc: [
		rpc(
			'geoip2.reload',
			'',
			'Reads the file of the database again.',
			({ host }) => {
				const state = host.state(geoip2);
				if (state.path === undefined) throw new RpcFault(500, 'Reload failed');
				try {
					state.reader = open(state.path);
				} catch (error) {
					host.log.log('error', `geoip2: ${(error as Error).message}; what was read before stays in use`);
					throw new RpcFault(500, 'Reload failed');
				}
				return undefined;
			},
			sameEverywhere,
		),
	],
	init(params) {
		const path = params.str('path') || undefined;
		if (path === undefined) return { path, reader: undefined };
		try {
			return { path, reader: open(textOf(path)) };
		} catch (error) {
			throw new KemihostError(
				'KH_MODPARAM',
				`parameter path of module geoip2: ${path}: ${(error as Error).message}`,
				{ hint: 'a database in the format MaxMind DB (.mmdb)' },
			);
		}
	},
});
