// Ends with a sentence where Node is too old: imported before anything else loads, and run by npm before it installs what would
// not compile there. This file is plain JavaScript that old versions of Node can read.
import { existsSync } from 'node:fs';

var NEEDED = 24;

// `npm install node@24 kemihost` brings the Node that npx will find
var isInstalled = process.env.npm_lifecycle_event === 'preinstall';
var comesAlong = isInstalled && existsSync(new URL('../../node/package.json', import.meta.url));

if (Number(process.versions.node.split('.')[0]) < NEEDED && !comesAlong) {
	console.error('kemihost needs Node.js 24 or newer; this is ' + process.version + ' [KH_NODE_VERSION]');
	console.error('  hint: "npm install node@24 kemihost" brings one for a folder, where npx finds it;');
	console.error('        one for the whole machine is at https://nodejs.org/');
	process.exit(2);
}
