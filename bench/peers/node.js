// The floor: node:http with a fixed answer, or with the content that came. `node node.js PORT reply|echo`
import { createServer } from 'node:http';

const [port, what] = process.argv.slice(2);
const body = '<html><body>OK - [127.0.0.1:50000]</body></html>';

const fixed = (_request, response) => {
	response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': body.length });
	response.end(body);
};
const echo = (request, response) => {
	const pieces = [];
	request.on('data', (piece) => pieces.push(piece));
	request.on('end', () => {
		const content = Buffer.concat(pieces);
		response.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Length': content.length });
		response.end(content);
	});
};
createServer(what === 'echo' ? echo : fixed).listen(Number(port), '127.0.0.1');
