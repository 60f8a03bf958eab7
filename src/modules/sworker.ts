/**
 * The sworker module: hands a SIP request to a group of workers before it is parsed (modules/sworker). A handler comes too
 * late for that, so both functions say no, as they do in Kamailio's xhttp:request.
 *
 * @module
 */
import { defineModule, fn, str } from '../kemi/module.ts';

/** The functions on KSR.sworker. */
export const sworker = defineModule({
	name: 'sworker',
	doc: 'Groups of workers for requests that are not parsed yet, which no request of a handler is.',
	functions: [
		fn(
			'task',
			[str('group')],
			'int',
			'Gives -1 after a warning: it is for the time before a request is parsed.',
			(ctx) => {
				ctx.report('warning', 'KSR.sworker.task is for the time before a request is parsed');
				return -1;
			},
			{ cfg: 'sworker_task' },
		),
		fn('active', [], 'int', 'Whether a worker of a group runs this: -1, never.', () => -1, {
			cfg: 'sworker_active',
		}),
	],
});
