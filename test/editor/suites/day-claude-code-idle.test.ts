import { playDay } from '../day/play';
import { BESIDE_TERMINAL_AGENT } from '../day/settings';

playDay(BESIDE_TERMINAL_AGENT);
