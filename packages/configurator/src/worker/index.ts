export { adoptSpaceFile } from './compiled-space.ts';
export { type DesignCounter, openDesignCounter } from './design-counter.ts';
export type {
  AttributeLook,
  DiagramFigures,
  LevelFigures,
  PriceBins,
  SpaceFigures,
  SpaceLook,
  SpaceQuestion,
  SpaceQuestions,
  SpaceReply,
  SpaceRequest,
  SpaceWhy,
  ValueLook,
} from './messages.ts';
export { openAnswers, type SpaceAnswers } from './space-answers.ts';
export { SPACE_FORMAT } from './space-format.ts';
export { createSpaceHost, type SpaceHost } from './space-host.ts';
export { askSpace, type SpaceLine, type SpaceThread } from './space-line.ts';
