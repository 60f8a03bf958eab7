/** The console samples of the tools' pages, executed. */
import { followGuide, playDocument, playPrograms } from './support/console.ts';

playDocument('docs/api.md');
playDocument('docs/libraries.md');
playDocument('docs/check.md');
playDocument('docs/debug.md');
playDocument('docs/record.md');
playDocument('docs/request.md');
playDocument('docs/types.md');
playDocument('docs/testing.md');
playDocument('docs/trace.md');
playDocument('docs/guides/waiting.md');
playPrograms('docs/guides/waiting.md');
followGuide('docs/first-handler.md');
followGuide('docs/guides/from-kamailio-cfg.md');
