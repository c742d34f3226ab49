import { after, before } from 'node:test';
import { answers } from './answers.js';
import { description } from './description.js';
import { edge } from './edge.js';
import { openMall, type Mall } from './house.js';
import { erasing } from './erasing.js';
import { matrix } from './matrix.js';
import { predicting } from './predicting.js';
import { sessions } from './sessions.js';

// One file, because one house of trained models serves all of them.
let mall: Mall;
before(async () => {
  mall = await openMall();
});
after(() => mall.close());
const open = () => mall;

matrix(open);
answers(open);
edge(open);
predicting(open);
sessions(open);
description(open);
erasing(open);
