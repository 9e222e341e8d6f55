import { playDay } from '../day/play';
import { ALONE } from '../day/settings';

playDay(ALONE);
