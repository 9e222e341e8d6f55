/** The door to CI. Loads YAML and a schema library: not for hooks. */
export { runCi } from './run-ci';
export { tellDeployment } from './show-deployment-decision';
