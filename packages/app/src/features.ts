import { apiDocsModule } from './modules/apiDocs';
import { catalogModule } from './modules/catalog';
import { homeModule } from './modules/home';
import { kubernetesModule } from './modules/kubernetes';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';

/** What this app adds to the plugins, which are found from the dependencies of the package (`app.packages`). */
export const features = [
  themeModule,
  navModule,
  signInModule,
  homeModule,
  catalogModule,
  apiDocsModule,
  kubernetesModule,
];
