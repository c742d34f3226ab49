export { trainModel, type TrainOptions, type TrainReport } from './model.js';
