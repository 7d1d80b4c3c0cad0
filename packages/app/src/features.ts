import { apiDocsModule } from './modules/apiDocs';
import { catalogModule } from './modules/catalog';
import { homeModule } from './modules/home';
import { kubernetesModule } from './modules/kubernetes';
import { navModule } from './modules/nav';
import { scaffolderModule } from './modules/scaffolder';
import { signInModule } from './modules/signIn';
import { techdocsModule } from './modules/techdocs';
import { themeModule } from './modules/theme';
import { userSettingsModule } from './modules/userSettings';

/** What this app adds to the plugins, which are found from the dependencies of the package (`app.packages`). */
export const features = [
  themeModule,
  navModule,
  signInModule,
  homeModule,
  catalogModule,
  apiDocsModule,
  techdocsModule,
  scaffolderModule,
  userSettingsModule,
  kubernetesModule,
];
