/** Whether a command is about a database for tests, which is empty before and after. */
import { setTo, values, type Call } from './call';

export const isForTests = (call: Call): boolean =>
  /^test(?:ing)?$/i.test(
    setTo(call, 'RAILS_ENV') ??
      setTo(call, 'RACK_ENV') ??
      setTo(call, 'APP_ENV') ??
      setTo(call, 'MIX_ENV') ??
      setTo(call, 'NODE_ENV') ??
      values(call, '--env', '-e', '--environment')[0] ??
      '',
  ) || /(?:settings[._]test|test[._]settings)/.test(values(call, '--settings').join(' '));
