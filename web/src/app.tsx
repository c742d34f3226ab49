import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { Frame } from './frame/frame.js';
import { EnterPage } from './pages/enter.js';
import { NotFoundPage } from './pages/not-found.js';
import { TodayPage } from './pages/today.js';
import { Loading } from './parts/loading.js';
import { SessionProvider } from './session.js';

const ModelPage = lazy(() => import('./pages/model.js').then((m) => ({ default: m.ModelPage })));
const ModelsPage = lazy(() => import('./pages/models.js').then((m) => ({ default: m.ModelsPage })));
const RunsPage = lazy(() => import('./pages/runs.js').then((m) => ({ default: m.RunsPage })));
const JobsPage = lazy(() => import('./pages/jobs.js').then((m) => ({ default: m.JobsPage })));
const DataPage = lazy(() => import('./pages/data.js').then((m) => ({ default: m.DataPage })));
const InsightsPage = lazy(() =>
  import('./pages/insights.js').then((m) => ({ default: m.InsightsPage })),
);
const AlertsPage = lazy(() => import('./pages/alerts.js').then((m) => ({ default: m.AlertsPage })));

/** Addresses use names from the declarations, never translated, so a link survives a change of language. */
export const App = () => (
  <Switch>
    <Route path="/enter" component={EnterPage} />
    <Route>
      <SessionProvider>
        <Frame>
          <Suspense fallback={<Loading />}>
            <Switch>
              <Route path="/" component={TodayPage} />
              <Route path="/m/:model/*?">{({ model }) => <ModelPage name={model} />}</Route>
              <Route path="/models/:model?/:version?">
                {({ model, version }) => <ModelsPage model={model} version={version} />}
              </Route>
              <Route path="/runs" component={RunsPage} />
              <Route path="/jobs/:job?">{({ job }) => <JobsPage job={job} />}</Route>
              <Route path="/data/*?">{(params) => <DataPage source={params['*']} />}</Route>
              <Route path="/insights" component={InsightsPage} />
              <Route path="/alerts" component={AlertsPage} />
              <Route component={NotFoundPage} />
            </Switch>
          </Suspense>
        </Frame>
      </SessionProvider>
    </Route>
  </Switch>
);
