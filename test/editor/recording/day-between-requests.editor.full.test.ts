import { playDay } from '../day/play';
import { BETWEEN_REQUESTS } from '../day/settings';

playDay(BETWEEN_REQUESTS);
