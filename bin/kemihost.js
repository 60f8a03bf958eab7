#!/usr/bin/env node
// Starts the command line. This file is plain JavaScript that old versions of Node can read, so that they can say so.
var major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
	console.error('kemihost needs Node.js 24 or newer; this is ' + process.version + ' [KH_NODE_VERSION]');
	process.exit(2);
}

// In the published package there is a build; in a checkout the sources run as they are.
import('../dist/src/cli.js')
	.catch((error) => {
		if (error && error.code === 'ERR_MODULE_NOT_FOUND' && /dist.src.cli\.js/.test(error.message))
			return import('../src/cli.ts');
		throw error;
	})
	.then((cli) => cli.main(process.argv.slice(2)));
