import { playDay } from '../day/play';
import { BESIDE_COPILOT } from '../day/settings';

playDay(BESIDE_COPILOT);
