/**
 * Incident files: where they are, what they contain and which lessons apply to an edit. Light; the second, heavy door
 * is `./parse` (YAML and a schema library): load it on demand.
 */
export {
  hasPattern,
  isAbout,
  lessonsOf,
  lessonText,
  matchLessons,
  type LessonEdit,
  type LessonLearnt,
} from './matching-lessons';
export { openIncidentsHere, openIncidentsIn } from './open-incidents';
export { incidentsIn, incidentsOf, loadIncidents, workTreeIncidents } from './load-incidents';
export * from './types';
