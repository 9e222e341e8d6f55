/**
 * The door of declarations: what a person says about changes, namely who wrote lines of unknown origin, and that a
 * warning is settled.
 */
export { acknowledgements, type Acknowledged } from './acknowledgements';
export { atWorkOn, declaration, declareLines } from './declare';
export { dangersIn, dangersOf, isGrave, subjectOfDanger, type DangerCause } from './danger-locations';
export { hasUnknown, type LineSpan } from './unknown-lines';
export { placesIn, textOfPlace, warningPlaces, type WarningPlace } from './warning-locations';
