import { testCorpus } from './corpus.ts';

testCorpus('native');
