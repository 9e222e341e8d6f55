import { playDay } from '../day/play';
import { UNPLAYED } from '../day/unplayed';

playDay(UNPLAYED);
