import { build, install, needNode } from './common.mjs';

needNode();
install();
build();
