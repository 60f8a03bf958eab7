/**
 * Addresses to listen on, in Kamailio's notation and in the web's.
 *
 * @module
 */
import { KemihostError } from '../errors.ts';
import type { ListenEndpoint } from '../http/request.ts';

const ADDRESS =
	/^(?:(tcp|http|tls|https):(?:\/\/)?)?(?:(\[[0-9a-fA-F:.]+(?:%\w+)?\]|[^:[\]/]*):)?(\d{1,5})\/?$/;

/**
 * Reads `127.0.0.1:8080`, `tcp:HOST:PORT`, `tls:HOST:PORT`, `:PORT`, `PORT`, `[::1]:8080`. A missing host is 127.0.0.1, `*` is every
 * address, port 0 is a free one.
 * @throws KemihostError `KH_USAGE`
 */
export function parseListen(text: string): ListenEndpoint {
	const [, scheme, host, port] = ADDRESS.exec(text) ?? [];
	if (port === undefined || Number(port) > 65535)
		throw new KemihostError('KH_USAGE', `"${text}" is no address to listen on`, {
			hint: 'HOST:PORT, :PORT, tcp:HOST:PORT, tls:HOST:PORT or [IPV6]:PORT',
		});
	const address = (host ?? '').replace(/^\[|\]$/g, '');
	return {
		address: address === '' ? '127.0.0.1' : address === '*' ? '::' : address,
		port: Number(port),
		...(scheme === 'tls' || scheme === 'https' ? { secure: true } : {}),
	};
}

/** An endpoint as a URL that a browser takes. */
export function urlOf({ address, port, secure }: ListenEndpoint): string {
	return `${secure ? 'https' : 'http'}://${address.includes(':') ? `[${address}]` : address}:${port}/`;
}
