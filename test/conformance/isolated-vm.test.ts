import { testCorpus } from './corpus.ts';

testCorpus('isolated-vm');
