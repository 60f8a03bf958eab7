import { testCorpus } from './corpus.ts';

testCorpus('quickjs');
