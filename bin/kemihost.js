#!/usr/bin/env node
// Starts the command line. This file is plain JavaScript that old versions of Node can read, so that they can say so.
import './node-version.js';

// In a checkout the sources run as they are, however old a build beside them may be; the published package has the build.
var sources = new URL('../src/cli.ts', import.meta.url);
import('node:module')
	.then((module) => {
		// Compiled code is kept on the disk, which more than halves the time to start, and children take it from there.
		module.enableCompileCache();
		var folder = module.getCompileCacheDir();
		if (folder) process.env.NODE_COMPILE_CACHE = folder;
		return import('node:fs');
	})
	.then((fs) => import(fs.existsSync(sources) ? '../src/cli.ts' : '../dist/src/cli.js'))
	.then((cli) => cli.main(process.argv.slice(2)));
