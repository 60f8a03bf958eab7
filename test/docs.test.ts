/** The console samples of the tools' pages, executed. */
import { playDocument } from './support/console.ts';

playDocument('docs/request.md');
