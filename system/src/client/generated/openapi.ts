// Made by scripts/generate-client.mjs from the API's description; not edited by hand.
export interface paths {
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus metrics */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What went stale, drifted or broke its promise */
        get: operations["getAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Register of automated decisions: versions that decide, and what they read */
        get: operations["getDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Erasures, newest first, without whose they were */
        get: operations["getErasures"];
        put?: never;
        /** Remove a person from everything derived; may be asked again at any time */
        post: operations["postErasures"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alive */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/insights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What stands out from chance in the last data, ranked by money */
        get: operations["getInsights"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/insights/{insight}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whom a finding is about, by page; format=csv or parquet exports all */
        get: operations["getInsightsMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Jobs, newest first, and the schedule */
        get: operations["getJobs"];
        put?: never;
        /** Run a verb as a job */
        post: operations["postJobs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One job */
        get: operations["getJobsById"];
        put?: never;
        post?: never;
        /** Cancel a job */
        delete: operations["deleteJobsById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Progress as server-sent events */
        get: operations["getJobsEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Events of a job after a number */
        get: operations["getJobsLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** API keys */
        get: operations["getKeys"];
        put?: never;
        /** New API key; the secret is shown once */
        post: operations["postKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an API key */
        delete: operations["deleteKeysById"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** New one-time sign-in link */
        post: operations["postKeysLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/look-ups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who looked at which person, newest first */
        get: operations["getLookUps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Models, their champions and the words of their pages */
        get: operations["getModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One model */
        get: operations["getModelsByModel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/audiences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Audiences by rule, with their size in the last scoring, and what rules can ask */
        get: operations["getModelsAudiences"];
        put?: never;
        /** Save an audience */
        post: operations["postModelsAudiences"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/audiences/{audience}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete an audience */
        delete: operations["deleteModelsAudiencesByAudience"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/audiences/{audience}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who belongs now, by page; format=csv or parquet exports all */
        get: operations["getModelsAudiencesMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/entities/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One entity: segment or prediction, with its reasons */
        get: operations["getModelsEntitiesByKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/entities/{key}/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was decided about one entity by each kept scoring, with version and reasons */
        get: operations["getModelsEntitiesDecisions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/evaluation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What prices are worth: simulated, off-policy and measured */
        get: operations["getModelsEvaluation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/forecast": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Forecast of one member (key.NAME=value), of a level, or a page of members
         * @description Parameters named key.NAME give the entity key, filter.NAME narrow a page of members.
         */
        get: operations["getModelsForecast"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/forecast/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The forecast beside the one with other values of columns known ahead
         * @description Columns are those of `plan` in the forecast; a change without `at` is for every step.
         */
        post: operations["postModelsForecastWhatIf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who served when, and why */
        get: operations["getModelsHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/outcomes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What was sold at which price; the demand learns from it at once */
        post: operations["postModelsOutcomes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/predict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Predict rows of features or entities by key; ?explain=true adds reasons that sum */
        post: operations["postModelsPredict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/promote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move the champion alias, with the reason */
        post: operations["postModelsPromote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Back to the champion before */
        post: operations["postModelsRollback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Score every entity now */
        post: operations["postModelsScore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The last batch score as a work list; filter, from and to narrow it by columns */
        get: operations["getModelsScores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/segments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Segments in words */
        get: operations["getModelsSegments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/segments/{segment}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Members of a segment by page; format=csv or parquet exports all that are asked for */
        get: operations["getModelsSegmentsMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/segments/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Segments side by side: what differs from the first named, with intervals */
        get: operations["getModelsSegmentsCompare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/suggestion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Price suggestion of one item (key.NAME=value); one per item and cycle */
        get: operations["getModelsSuggestion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/suggestion/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was suggested for one item (key.NAME=value), and what happened after it */
        get: operations["getModelsSuggestionHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/suggestions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Suggestions of every item, the largest gain first */
        get: operations["getModelsSuggestions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/suggestions/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve, edit or refuse a suggestion */
        post: operations["postModelsSuggestionsDecision"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/train": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Train the whole model, or the members of one key */
        post: operations["postModelsTrain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions, newest first */
        get: operations["getModelsVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}/versions/{version}/artifact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file of a version */
        get: operations["getModelsVersionsArtifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ready, or what is missing */
        get: operations["getReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Decisions that somebody asked to have looked at, newest first */
        get: operations["getReviews"];
        put?: never;
        /** Ask a person to look at an automated decision */
        post: operations["postReviews"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reviews/{review}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a review: the decision is kept or changed, and why */
        post: operations["postReviewsResolve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Training runs, newest first */
        get: operations["getRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run with its leaderboard */
        get: operations["getRunsById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who I am */
        get: operations["getSession"];
        put?: never;
        /** Sign in with a one-time link */
        post: operations["postSession"];
        /** Sign out */
        delete: operations["deleteSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Sources: rows, rows set aside, freshness */
        get: operations["getSources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/today": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What needs a decision, ordered by money */
        get: operations["getToday"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Error: {
            code: string;
            message: string;
            next: string;
            params: {
                [key: string]: string | number | boolean | null;
            };
            where?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    getAlerts: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            at: string;
                            id: string;
                            kind: string;
                            money: number | null;
                            says: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            severity: "info" | "warning" | "serious";
                            subject: string;
                        }[];
                    };
                };
            };
        };
    };
    getDecisions: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            by: string;
                            columns: string[];
                            entity: string;
                            model: string;
                            reason: string | null;
                            reviews: number;
                            scored: number;
                            since: string;
                            task: string;
                            until: string | null;
                            verdict: string;
                            version: number;
                        }[];
                    };
                };
            };
        };
    };
    getErasures: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            at: string;
                            by: string;
                            endedAt: string | null;
                            entity: string;
                            id: string;
                            report: {
                                entity: string;
                                holders: {
                                    file: string;
                                    rows: number;
                                    source: string;
                                }[];
                                id: string;
                                logLines: number;
                                records: {
                                    [key: string]: number;
                                };
                                tables: {
                                    hash?: {
                                        after: string;
                                        before: string;
                                    };
                                    kind: string;
                                    name: string;
                                    rows: number;
                                }[];
                                versions: {
                                    model: string;
                                    version: number;
                                }[];
                            } | null;
                        }[];
                    };
                };
            };
        };
    };
    postErasures: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    entity: string;
                    key: string;
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entity: string;
                        holders: {
                            file: string;
                            rows: number;
                            source: string;
                        }[];
                        id: string;
                        logLines: number;
                        records: {
                            [key: string]: number;
                        };
                        tables: {
                            hash?: {
                                after: string;
                                before: string;
                            };
                            kind: string;
                            name: string;
                            rows: number;
                        }[];
                        versions: {
                            model: string;
                            version: number;
                        }[];
                    };
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        status: "alive";
                        uptimeSeconds: number;
                        version: string;
                    };
                };
            };
        };
    };
    getInsights: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        headlines: {
                            cohorts: {
                                retained: (number | null)[];
                                size: number;
                                start: string;
                                value: (number | null)[];
                            }[] | null;
                            figures: {
                                [key: string]: number;
                            };
                            name: string;
                            pairs: {
                                confidence: number;
                                count: number;
                                first: string;
                                gap: number | null;
                                /** @enum {string} */
                                kind: "together" | "later";
                                lift: number;
                                lower: number;
                                next: string;
                                q: number;
                                upper: number;
                            }[] | null;
                            part: string;
                            sentences: {
                                /** @enum {string} */
                                kind: "text" | "strong" | "measured" | "predicted";
                                text: string;
                            }[][];
                            title: {
                                en: string;
                                pt: string;
                            };
                        }[];
                        items: {
                            action: string;
                            figures: {
                                [key: string]: number;
                            };
                            id: string;
                            list: {
                                count: number;
                                says: string;
                            } | null;
                            money: {
                                effect: number;
                                lower: number;
                                upper: number;
                            };
                            name: string;
                            news: boolean;
                            noun: string;
                            part: string;
                            parts: {
                                column: string;
                                level: string;
                            }[];
                            people: number;
                            q: number;
                            sentence: {
                                /** @enum {string} */
                                kind: "text" | "strong" | "measured" | "predicted";
                                text: string;
                            }[];
                            since: string;
                            sure: string;
                            title: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            what: "totalFell" | "totalRose" | "rateHigher" | "rateLower" | "together" | "later" | "stayedLess" | "stayedMore" | "moved";
                        }[];
                        runs: {
                            at: string;
                            dataUntil: string;
                            looks: number;
                            part: string;
                        }[];
                        sentence: {
                            /** @enum {string} */
                            kind: "text" | "strong" | "measured" | "predicted";
                            text: string;
                        }[];
                    };
                };
            };
        };
    };
    getInsightsMembers: {
        parameters: {
            query?: {
                cursor?: string;
                format?: "json" | "csv" | "parquet";
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
                limit?: number;
            };
            header?: never;
            path: {
                insight: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            figures: {
                                [key: string]: number;
                            };
                            key: string;
                        }[];
                        next: string | null;
                        total: number;
                    };
                    "application/vnd.apache.parquet": {
                        items: {
                            figures: {
                                [key: string]: number;
                            };
                            key: string;
                        }[];
                        next: string | null;
                        total: number;
                    };
                    "text/csv": {
                        items: {
                            figures: {
                                [key: string]: number;
                            };
                            key: string;
                        }[];
                        next: string | null;
                        total: number;
                    };
                };
            };
        };
    };
    getJobs: {
        parameters: {
            query?: {
                cursor?: string;
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            args: {
                                [key: string]: unknown;
                            };
                            attempt: number;
                            createdAt: string;
                            endedAt: string | null;
                            error: unknown;
                            id: string;
                            message: {
                                en: string;
                                pt: string;
                            } | null;
                            progress: number;
                            requestedBy: string;
                            result: unknown;
                            startedAt: string | null;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            verb: string;
                        }[];
                        next: string | null;
                        schedule: {
                            lastAt: string | null;
                            model: string | null;
                            name: string;
                            nextAt: string;
                            rhythm: string;
                            verb: string;
                        }[];
                        total: number;
                    };
                };
            };
        };
    };
    postJobs: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @default {} */
                    args?: {
                        [key: string]: unknown;
                    };
                    /** @enum {string} */
                    verb: "build" | "check" | "train" | "score" | "insights";
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job: {
                            args: {
                                [key: string]: unknown;
                            };
                            attempt: number;
                            createdAt: string;
                            endedAt: string | null;
                            error: unknown;
                            id: string;
                            message: {
                                en: string;
                                pt: string;
                            } | null;
                            progress: number;
                            requestedBy: string;
                            result: unknown;
                            startedAt: string | null;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            verb: string;
                        };
                    };
                };
            };
        };
    };
    getJobsById: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        args: {
                            [key: string]: unknown;
                        };
                        attempt: number;
                        createdAt: string;
                        endedAt: string | null;
                        error: unknown;
                        id: string;
                        message: {
                            en: string;
                            pt: string;
                        } | null;
                        progress: number;
                        requestedBy: string;
                        result: unknown;
                        startedAt: string | null;
                        /** @enum {string} */
                        state: "queued" | "running" | "done" | "failed" | "cancelled";
                        verb: string;
                    };
                };
            };
        };
    };
    deleteJobsById: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        args: {
                            [key: string]: unknown;
                        };
                        attempt: number;
                        createdAt: string;
                        endedAt: string | null;
                        error: unknown;
                        id: string;
                        message: {
                            en: string;
                            pt: string;
                        } | null;
                        progress: number;
                        requestedBy: string;
                        result: unknown;
                        startedAt: string | null;
                        /** @enum {string} */
                        state: "queued" | "running" | "done" | "failed" | "cancelled";
                        verb: string;
                    };
                };
            };
        };
    };
    getJobsEvents: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
        };
    };
    getJobsLog: {
        parameters: {
            query?: {
                after?: number;
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            at: string;
                            candidate?: string;
                            fold?: number;
                            /** @enum {string} */
                            kind: "progress" | "score" | "state" | "log";
                            message?: {
                                en: string;
                                pt: string;
                            };
                            progress?: number;
                            seq: number;
                            /** @enum {string} */
                            state?: "queued" | "running" | "done" | "failed" | "cancelled";
                            value?: number;
                        }[];
                    };
                };
            };
        };
    };
    getKeys: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            createdAt: string;
                            id: string;
                            lastUsedAt: string | null;
                            name: string;
                            revokedAt: string | null;
                            /** @enum {string} */
                            role: "viewer" | "analyst" | "approver" | "admin";
                            scope: {
                                [key: string]: string[];
                            };
                        }[];
                    };
                };
            };
        };
    };
    postKeys: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    role: "viewer" | "analyst" | "approver" | "admin";
                    /** @default {} */
                    scope?: {
                        [key: string]: string[];
                    };
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: {
                            createdAt: string;
                            id: string;
                            lastUsedAt: string | null;
                            name: string;
                            revokedAt: string | null;
                            /** @enum {string} */
                            role: "viewer" | "analyst" | "approver" | "admin";
                            scope: {
                                [key: string]: string[];
                            };
                        };
                        secret: string;
                    };
                };
            };
        };
    };
    deleteKeysById: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        createdAt: string;
                        id: string;
                        lastUsedAt: string | null;
                        name: string;
                        revokedAt: string | null;
                        /** @enum {string} */
                        role: "viewer" | "analyst" | "approver" | "admin";
                        scope: {
                            [key: string]: string[];
                        };
                    };
                };
            };
        };
    };
    postKeysLink: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    role: "viewer" | "analyst" | "approver" | "admin";
                    /** @default {} */
                    scope?: {
                        [key: string]: string[];
                    };
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        path: string;
                    };
                };
            };
        };
    };
    getLookUps: {
        parameters: {
            query?: {
                key?: string;
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            at: string;
                            by: string;
                            fields: string[];
                            key: {
                                [key: string]: string;
                            };
                            model: string;
                        }[];
                    };
                };
            };
        };
    };
    getModels: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            challenger: number | null;
                            champion: number | null;
                            currency: string;
                            entity: string;
                            features: {
                                high?: number;
                                levels?: string[];
                                low?: number;
                                name: string;
                                phrase: {
                                    en: string;
                                    pt: string;
                                };
                                /** @enum {string} */
                                type: "number" | "category";
                                typical: number | string | null;
                            }[];
                            horizon: number | null;
                            key: string[];
                            levels: string[];
                            missing: {
                                en: string;
                                pt: string;
                            }[];
                            name: string;
                            page: {
                                action?: string;
                                columns?: string[];
                                filters?: string[];
                                labels?: {
                                    [key: string]: {
                                        en: string;
                                        pt: string;
                                    };
                                };
                                money?: string;
                                noun: {
                                    en: [
                                        string,
                                        string
                                    ];
                                    pt: [
                                        string,
                                        string
                                    ];
                                };
                                positive?: {
                                    en: string;
                                    pt: string;
                                };
                                tab?: {
                                    en: string;
                                    pt: string;
                                };
                                title: {
                                    en: string;
                                    pt: string;
                                };
                                /** @enum {string} */
                                unit: "money" | "probability" | "quantity" | "number" | "unitPrice";
                                units?: {
                                    [key: string]: "money" | "share" | "number";
                                };
                                /** @enum {string} */
                                worse?: "low" | "high" | "none";
                            };
                            provenance: {
                                alias: string | null;
                                coverage: {
                                    level: number;
                                    measured: number;
                                    points: number;
                                }[];
                                dataUntil: string | null;
                                model: string;
                                quality: {
                                    en: string;
                                    pt: string;
                                };
                                /** @enum {string} */
                                rung: "champion" | "previous" | "baseline";
                                version: number;
                            } | null;
                            /** @enum {string} */
                            state: "untrained" | "serving" | "stale";
                            step: string | null;
                            /** @enum {string} */
                            task: "classify" | "regress" | "segment" | "forecast" | "price";
                        }[];
                    };
                };
            };
        };
    };
    getModelsByModel: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        challenger: number | null;
                        champion: number | null;
                        currency: string;
                        entity: string;
                        features: {
                            high?: number;
                            levels?: string[];
                            low?: number;
                            name: string;
                            phrase: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            type: "number" | "category";
                            typical: number | string | null;
                        }[];
                        horizon: number | null;
                        key: string[];
                        levels: string[];
                        missing: {
                            en: string;
                            pt: string;
                        }[];
                        name: string;
                        page: {
                            action?: string;
                            columns?: string[];
                            filters?: string[];
                            labels?: {
                                [key: string]: {
                                    en: string;
                                    pt: string;
                                };
                            };
                            money?: string;
                            noun: {
                                en: [
                                    string,
                                    string
                                ];
                                pt: [
                                    string,
                                    string
                                ];
                            };
                            positive?: {
                                en: string;
                                pt: string;
                            };
                            tab?: {
                                en: string;
                                pt: string;
                            };
                            title: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            unit: "money" | "probability" | "quantity" | "number" | "unitPrice";
                            units?: {
                                [key: string]: "money" | "share" | "number";
                            };
                            /** @enum {string} */
                            worse?: "low" | "high" | "none";
                        };
                        provenance: {
                            alias: string | null;
                            coverage: {
                                level: number;
                                measured: number;
                                points: number;
                            }[];
                            dataUntil: string | null;
                            model: string;
                            quality: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            rung: "champion" | "previous" | "baseline";
                            version: number;
                        } | null;
                        /** @enum {string} */
                        state: "untrained" | "serving" | "stale";
                        step: string | null;
                        /** @enum {string} */
                        task: "classify" | "regress" | "segment" | "forecast" | "price";
                    };
                };
            };
        };
    };
    getModelsAudiences: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        columns: {
                            high: number | null;
                            levels: string[] | null;
                            low: number | null;
                            name: string;
                            /** @enum {string} */
                            type: "number" | "category";
                        }[];
                        items: {
                            at: string;
                            id: string;
                            madeBy: string;
                            missing: string[];
                            model: string;
                            money: number | null;
                            name: string;
                            rule: {
                                segments?: string[];
                                top?: number;
                                /** @default [] */
                                where: {
                                    column: string;
                                    /** @enum {string} */
                                    is: "atLeast" | "atMost" | "oneOf";
                                    values: (number | string)[];
                                }[];
                            };
                            share: number;
                            size: number;
                        }[];
                    };
                };
            };
        };
    };
    postModelsAudiences: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    rule: {
                        segments?: string[];
                        top?: number;
                        /** @default [] */
                        where?: {
                            column: string;
                            /** @enum {string} */
                            is: "atLeast" | "atMost" | "oneOf";
                            values: (number | string)[];
                        }[];
                    };
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        at: string;
                        id: string;
                        madeBy: string;
                        missing: string[];
                        model: string;
                        money: number | null;
                        name: string;
                        rule: {
                            segments?: string[];
                            top?: number;
                            /** @default [] */
                            where: {
                                column: string;
                                /** @enum {string} */
                                is: "atLeast" | "atMost" | "oneOf";
                                values: (number | string)[];
                            }[];
                        };
                        share: number;
                        size: number;
                    };
                };
            };
        };
    };
    deleteModelsAudiencesByAudience: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                audience: string;
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getModelsAudiencesMembers: {
        parameters: {
            query?: {
                cursor?: string;
                format?: "json" | "csv" | "parquet";
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
                limit?: number;
            };
            header?: never;
            path: {
                audience: string;
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            columns: {
                                [key: string]: string | number | boolean | null;
                            };
                            key: {
                                [key: string]: string;
                            };
                            money: number | null;
                            segment: string | null;
                            value: number | null;
                        }[];
                        next: string | null;
                        total: number;
                    };
                    "application/vnd.apache.parquet": {
                        items: {
                            columns: {
                                [key: string]: string | number | boolean | null;
                            };
                            key: {
                                [key: string]: string;
                            };
                            money: number | null;
                            segment: string | null;
                            value: number | null;
                        }[];
                        next: string | null;
                        total: number;
                    };
                    "text/csv": {
                        items: {
                            columns: {
                                [key: string]: string | number | boolean | null;
                            };
                            key: {
                                [key: string]: string;
                            };
                            money: number | null;
                            segment: string | null;
                            value: number | null;
                        }[];
                        next: string | null;
                        total: number;
                    };
                };
            };
        };
    };
    getModelsEntitiesByKey: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                key: string;
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        also: {
                            model: string;
                            sentence: {
                                /** @enum {string} */
                                kind: "text" | "strong" | "measured" | "predicted";
                                text: string;
                            }[];
                            title: {
                                en: string;
                                pt: string;
                            };
                        }[];
                        columns: {
                            [key: string]: string | number | boolean | null;
                        };
                        key: {
                            [key: string]: string;
                        };
                        next: {
                            facts: {
                                column: string;
                                phrase: {
                                    en: string;
                                    pt: string;
                                };
                                typical: number;
                                value: number;
                            }[];
                            segment: {
                                id: string;
                                name: {
                                    en: string;
                                    pt: string;
                                };
                            };
                        } | null;
                        provenance: {
                            alias: string | null;
                            coverage: {
                                level: number;
                                measured: number;
                                points: number;
                            }[];
                            dataUntil: string | null;
                            model: string;
                            quality: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            rung: "champion" | "previous" | "baseline";
                            version: number;
                        };
                        reasons: {
                            column: string;
                            contribution: number;
                            phrase: {
                                en: string;
                                pt: string;
                            };
                            value: string | number | boolean | null;
                        }[];
                        segment: {
                            id: string;
                            name: {
                                en: string;
                                pt: string;
                            };
                        } | null;
                        sentence: {
                            /** @enum {string} */
                            kind: "text" | "strong" | "measured" | "predicted";
                            text: string;
                        }[];
                        value: number | null;
                    };
                };
            };
        };
    };
    getModelsEntitiesDecisions: {
        parameters: {
            query?: {
                cursor?: string;
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
                limit?: number;
            };
            header?: never;
            path: {
                key: string;
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            changed: boolean | null;
                            cutoff: string;
                            note: {
                                en: string;
                                pt: string;
                            } | null;
                            reasons: {
                                column: string;
                                contribution: number;
                                phrase: {
                                    en: string;
                                    pt: string;
                                };
                                value: string | number | boolean | null;
                            }[] | null;
                            reviews: {
                                at: string;
                                id: string;
                                note: string | null;
                                reason: string;
                                resolvedAt: string | null;
                                /** @enum {string} */
                                state: "open" | "kept" | "changed";
                                version: number;
                            }[];
                            segment: {
                                id: string;
                                name: {
                                    en: string;
                                    pt: string;
                                };
                            } | null;
                            since: string;
                            until: string | null;
                            value: number | null;
                            version: number;
                        }[];
                        key: {
                            [key: string]: string;
                        };
                        next: string | null;
                    };
                };
            };
        };
    };
    getModelsEvaluation: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        decisions: {
                            charged: number;
                            known: number;
                        };
                        estimates: {
                            effectiveSampleSize: number;
                            /** @enum {string} */
                            kind: "simulated" | "off-policy";
                            lower: number | null;
                            /** @enum {string} */
                            method: "directMethod" | "snips" | "doublyRobust";
                            overlap: number;
                            /** @enum {string} */
                            policy: "policy" | "keep";
                            reason: {
                                en: string;
                                pt: string;
                            } | null;
                            upper: number | null;
                            value: number | null;
                        }[];
                        measured: {
                            /** @enum {string} */
                            design: "items" | "item-weeks" | "groups" | "cycles";
                            heldOut: number;
                            lower: number | null;
                            needed: number;
                            treated: number;
                            upper: number | null;
                            value: number | null;
                        };
                        policies: number;
                        policy: string;
                        provenance: {
                            alias: string | null;
                            coverage: {
                                level: number;
                                measured: number;
                                points: number;
                            }[];
                            dataUntil: string | null;
                            model: string;
                            quality: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            rung: "champion" | "previous" | "baseline";
                            version: number;
                        };
                        sentences: {
                            /** @enum {string} */
                            kind: "text" | "strong" | "measured" | "predicted";
                            text: string;
                        }[][];
                        shadow: {
                            expectedUnits: number;
                            items: number;
                            lower: number | null;
                            results: number;
                            soldUnits: number;
                            upper: number | null;
                            value: number;
                        } | null;
                    };
                };
            };
        };
    };
    getModelsForecast: {
        parameters: {
            query?: {
                as_of?: string;
                cursor?: string;
                /** @description Narrows a list, each column written filter.NAME=value; a name may come twice */
                filter?: {
                    [key: string]: string[];
                };
                horizon?: number;
                /** @description Key of an entity, each column written key.NAME=value, such as key.store_id=20&key.product_id=7 */
                key?: {
                    [key: string]: string;
                };
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
                level?: string;
                limit?: number;
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        filters: {
                            [key: string]: string[];
                        };
                        forecast: {
                            attributes: {
                                [key: string]: string | number | boolean | null;
                            };
                            change: number | null;
                            coldStart: {
                                analogues: number;
                                names: string[];
                            } | null;
                            direction: {
                                called: ("up" | "flat" | "down") | null;
                                deadBand: {
                                    /** @enum {string} */
                                    kind: "percent" | "money";
                                    value: number;
                                };
                                probabilities: {
                                    down: number;
                                    flat: number;
                                    up: number;
                                };
                                reason: {
                                    en: string;
                                    pt: string;
                                };
                                record: {
                                    calls: number;
                                    chance: number;
                                    hits: number;
                                };
                            } | null;
                            drivers: {
                                name: string;
                                share: number;
                            }[];
                            history: {
                                at: string;
                                value: number | null;
                            }[];
                            hygiene: {
                                censored: number;
                                duplicates: number;
                                gaps: number;
                                leadingZeros: number;
                                points: number;
                                unknown: number;
                            } | null;
                            id: string;
                            key: {
                                [key: string]: string;
                            };
                            lastYear: number | null;
                            level: string | null;
                            /** @enum {string} */
                            member: "global" | "local" | "sum" | "baseline";
                            name: string;
                            parts: {
                                calendar: number[];
                                covariates: number[];
                                remainder: number[];
                                season: number[];
                                trend: number[];
                            } | null;
                            plan: {
                                calendar: boolean;
                                column: string;
                                effect: number[];
                                name: string;
                                values: number[];
                            }[];
                            points: {
                                at: string;
                                intervals: {
                                    level: number;
                                    lower: number;
                                    measured: number | null;
                                    upper: number;
                                    winkler: number | null;
                                }[];
                                value: number;
                            }[];
                            season: {
                                change: number | null;
                                fell: number;
                                flat: number;
                                label: {
                                    en: string;
                                    pt: string;
                                };
                                phase: number;
                                rose: number;
                                usual: ("up" | "down") | null;
                            }[];
                            seasonStrength: number | null;
                            sentence: {
                                /** @enum {string} */
                                kind: "text" | "strong" | "measured" | "predicted";
                                text: string;
                            }[];
                            step: string;
                            total: {
                                intervals: {
                                    level: number;
                                    lower: number;
                                    measured: number | null;
                                    upper: number;
                                    winkler: number | null;
                                }[];
                                value: number;
                                withheld: {
                                    level: number;
                                    reason: {
                                        en: string;
                                        pt: string;
                                    };
                                }[];
                            };
                            typicalError: number | null;
                            valueAdded: number | null;
                            withheld: {
                                level: number;
                                reason: {
                                    en: string;
                                    pt: string;
                                };
                            }[];
                        };
                        members: {
                            attributes: {
                                [key: string]: string | number | boolean | null;
                            };
                            change: number | null;
                            coldStart: {
                                analogues: number;
                                names: string[];
                            } | null;
                            direction: {
                                called: ("up" | "flat" | "down") | null;
                                deadBand: {
                                    /** @enum {string} */
                                    kind: "percent" | "money";
                                    value: number;
                                };
                                probabilities: {
                                    down: number;
                                    flat: number;
                                    up: number;
                                };
                                reason: {
                                    en: string;
                                    pt: string;
                                };
                                record: {
                                    calls: number;
                                    chance: number;
                                    hits: number;
                                };
                            } | null;
                            drivers: {
                                name: string;
                                share: number;
                            }[];
                            history: {
                                at: string;
                                value: number | null;
                            }[];
                            hygiene: {
                                censored: number;
                                duplicates: number;
                                gaps: number;
                                leadingZeros: number;
                                points: number;
                                unknown: number;
                            } | null;
                            id: string;
                            key: {
                                [key: string]: string;
                            };
                            lastYear: number | null;
                            level: string | null;
                            /** @enum {string} */
                            member: "global" | "local" | "sum" | "baseline";
                            name: string;
                            parts: {
                                calendar: number[];
                                covariates: number[];
                                remainder: number[];
                                season: number[];
                                trend: number[];
                            } | null;
                            plan: {
                                calendar: boolean;
                                column: string;
                                effect: number[];
                                name: string;
                                values: number[];
                            }[];
                            points: {
                                at: string;
                                intervals: {
                                    level: number;
                                    lower: number;
                                    measured: number | null;
                                    upper: number;
                                    winkler: number | null;
                                }[];
                                value: number;
                            }[];
                            season: {
                                change: number | null;
                                fell: number;
                                flat: number;
                                label: {
                                    en: string;
                                    pt: string;
                                };
                                phase: number;
                                rose: number;
                                usual: ("up" | "down") | null;
                            }[];
                            seasonStrength: number | null;
                            sentence: {
                                /** @enum {string} */
                                kind: "text" | "strong" | "measured" | "predicted";
                                text: string;
                            }[];
                            step: string;
                            total: {
                                intervals: {
                                    level: number;
                                    lower: number;
                                    measured: number | null;
                                    upper: number;
                                    winkler: number | null;
                                }[];
                                value: number;
                                withheld: {
                                    level: number;
                                    reason: {
                                        en: string;
                                        pt: string;
                                    };
                                }[];
                            };
                            typicalError: number | null;
                            valueAdded: number | null;
                            withheld: {
                                level: number;
                                reason: {
                                    en: string;
                                    pt: string;
                                };
                            }[];
                        }[];
                        next: string | null;
                        provenance: {
                            alias: string | null;
                            coverage: {
                                level: number;
                                measured: number;
                                points: number;
                            }[];
                            dataUntil: string | null;
                            model: string;
                            quality: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            rung: "champion" | "previous" | "baseline";
                            version: number;
                        };
                        total: number;
                    };
                };
            };
        };
    };
    postModelsForecastWhatIf: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    changes: {
                        at?: string;
                        column: string;
                        value: number;
                    }[];
                    /** @default {} */
                    filters?: {
                        [key: string]: string[];
                    };
                    horizon?: number;
                    key?: {
                        [key: string]: string;
                    };
                    level?: string;
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: {
                            [key: string]: string;
                        };
                        level: string | null;
                        members: number;
                        name: string;
                        plan: {
                            changed: number[];
                            column: string;
                            name: string;
                            planned: number[];
                        }[];
                        points: {
                            at: string;
                            changed: number;
                            difference: number;
                            planned: number;
                        }[];
                        provenance: {
                            alias: string | null;
                            coverage: {
                                level: number;
                                measured: number;
                                points: number;
                            }[];
                            dataUntil: string | null;
                            model: string;
                            quality: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            rung: "champion" | "previous" | "baseline";
                            version: number;
                        };
                        sentence: {
                            /** @enum {string} */
                            kind: "text" | "strong" | "measured" | "predicted";
                            text: string;
                        }[];
                        total: {
                            changed: number;
                            difference: number;
                            planned: number;
                        };
                    };
                };
            };
        };
    };
    getModelsHistory: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            alias: string;
                            at: string;
                            by: string;
                            id: string;
                            /** @enum {string} */
                            kind: "first" | "refresh" | "replace" | "rollback" | "manual" | "held" | "rejected";
                            model: string;
                            reason: string;
                            replaced: number | null;
                            verdict: {
                                baseline: number;
                                /** @enum {string} */
                                better: "higher" | "lower";
                                challenger: number;
                                champion: number | null;
                                checks: {
                                    check: string;
                                    passed: boolean;
                                    says: {
                                        en: string;
                                        pt: string;
                                    };
                                }[];
                                difference: number | null;
                                /** @enum {string} */
                                kind: "first" | "refresh" | "replace";
                                lower: number | null;
                                metric: string;
                                minGain: number;
                                upper: number | null;
                                /** @enum {string} */
                                verdict: "PROMOTE" | "HOLD" | "REJECT";
                            } | null;
                            version: number;
                        }[];
                    };
                };
            };
        };
    };
    postModelsOutcomes: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    outcomes: {
                        at?: string;
                        /** @default 7 */
                        days?: number;
                        id: string;
                        key?: {
                            [key: string]: string;
                        };
                        price: number;
                        suggestion?: string;
                        units: number;
                    }[];
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        accepted: number;
                        repeated: number;
                    };
                };
            };
        };
    };
    postModelsPredict: {
        parameters: {
            query?: {
                explain?: "true" | "false";
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    keys?: {
                        [key: string]: string;
                    }[];
                    rows?: {
                        [key: string]: unknown;
                    }[];
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        predictions: {
                            explanation?: {
                                base: number;
                                /** @enum {string} */
                                link: "identity" | "logit" | "log";
                                raw: number;
                                reasons: {
                                    column: string;
                                    contribution: number;
                                    phrase: {
                                        en: string;
                                        pt: string;
                                    };
                                    value: string | number | boolean | null;
                                }[];
                            };
                            id: string;
                            intervals: {
                                level: number;
                                lower: number;
                                upper: number;
                            }[];
                            key: {
                                [key: string]: string;
                            } | null;
                            sentence: {
                                /** @enum {string} */
                                kind: "text" | "strong" | "measured" | "predicted";
                                text: string;
                            }[];
                            value: number;
                        }[];
                        provenance: {
                            alias: string | null;
                            coverage: {
                                level: number;
                                measured: number;
                                points: number;
                            }[];
                            dataUntil: string | null;
                            model: string;
                            quality: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            rung: "champion" | "previous" | "baseline";
                            version: number;
                        };
                    };
                };
            };
        };
    };
    postModelsPromote: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    version: number;
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alias: string;
                        at: string;
                        by: string;
                        id: string;
                        /** @enum {string} */
                        kind: "first" | "refresh" | "replace" | "rollback" | "manual" | "held" | "rejected";
                        model: string;
                        reason: string;
                        replaced: number | null;
                        verdict: {
                            baseline: number;
                            /** @enum {string} */
                            better: "higher" | "lower";
                            challenger: number;
                            champion: number | null;
                            checks: {
                                check: string;
                                passed: boolean;
                                says: {
                                    en: string;
                                    pt: string;
                                };
                            }[];
                            difference: number | null;
                            /** @enum {string} */
                            kind: "first" | "refresh" | "replace";
                            lower: number | null;
                            metric: string;
                            minGain: number;
                            upper: number | null;
                            /** @enum {string} */
                            verdict: "PROMOTE" | "HOLD" | "REJECT";
                        } | null;
                        version: number;
                    };
                };
            };
        };
    };
    postModelsRollback: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        alias: string;
                        at: string;
                        by: string;
                        id: string;
                        /** @enum {string} */
                        kind: "first" | "refresh" | "replace" | "rollback" | "manual" | "held" | "rejected";
                        model: string;
                        reason: string;
                        replaced: number | null;
                        verdict: {
                            baseline: number;
                            /** @enum {string} */
                            better: "higher" | "lower";
                            challenger: number;
                            champion: number | null;
                            checks: {
                                check: string;
                                passed: boolean;
                                says: {
                                    en: string;
                                    pt: string;
                                };
                            }[];
                            difference: number | null;
                            /** @enum {string} */
                            kind: "first" | "refresh" | "replace";
                            lower: number | null;
                            metric: string;
                            minGain: number;
                            upper: number | null;
                            /** @enum {string} */
                            verdict: "PROMOTE" | "HOLD" | "REJECT";
                        } | null;
                        version: number;
                    };
                };
            };
        };
    };
    postModelsScore: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job: {
                            args: {
                                [key: string]: unknown;
                            };
                            attempt: number;
                            createdAt: string;
                            endedAt: string | null;
                            error: unknown;
                            id: string;
                            message: {
                                en: string;
                                pt: string;
                            } | null;
                            progress: number;
                            requestedBy: string;
                            result: unknown;
                            startedAt: string | null;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            verb: string;
                        };
                    };
                };
            };
        };
    };
    getModelsScores: {
        parameters: {
            query?: {
                cursor?: string;
                /** @description Narrows a list, each column written filter.NAME=value; a name may come twice */
                filter?: {
                    [key: string]: string[];
                };
                /** @description Rows with this or more of a number, written from.NAME=number */
                from?: {
                    [key: string]: number;
                };
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
                limit?: number;
                sort?: "value" | "money";
                /** @description Rows with this or less of a number, written to.NAME=number */
                to?: {
                    [key: string]: number;
                };
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        calibration: {
                            count: number;
                            happened: number;
                            said: number;
                        }[];
                        capacity: {
                            captured: number;
                            contacted: number;
                        }[];
                        expected: number;
                        filters: {
                            [key: string]: string[];
                        };
                        histogram: {
                            count: number;
                            from: number;
                            to: number;
                        }[];
                        items: {
                            at: string;
                            columns: {
                                [key: string]: string | number | boolean | null;
                            };
                            key: {
                                [key: string]: string;
                            };
                            money: number | null;
                            reasons: {
                                column: string;
                                contribution: number;
                                phrase: {
                                    en: string;
                                    pt: string;
                                };
                                value: string | number | boolean | null;
                            }[];
                            value: number;
                        }[];
                        next: string | null;
                        provenance: {
                            alias: string | null;
                            coverage: {
                                level: number;
                                measured: number;
                                points: number;
                            }[];
                            dataUntil: string | null;
                            model: string;
                            quality: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            rung: "champion" | "previous" | "baseline";
                            version: number;
                        };
                        sentence: {
                            /** @enum {string} */
                            kind: "text" | "strong" | "measured" | "predicted";
                            text: string;
                        }[];
                        total: number;
                    };
                };
            };
        };
    };
    getModelsSegments: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        axes: {
                            x: {
                                en: string;
                                pt: string;
                            };
                            y: {
                                en: string;
                                pt: string;
                            };
                        };
                        cuts: {
                            column: string;
                            edges: number[];
                            title: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            unit: "money" | "share" | "number";
                        }[] | null;
                        drift: {
                            segments: {
                                byChance: number;
                                distance: number;
                                id: string;
                            }[];
                            since: string;
                            sizePsi: number;
                        } | null;
                        migration: {
                            count: number;
                            from: string | null;
                            to: string | null;
                        }[];
                        provenance: {
                            alias: string | null;
                            coverage: {
                                level: number;
                                measured: number;
                                points: number;
                            }[];
                            dataUntil: string | null;
                            model: string;
                            quality: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            rung: "champion" | "previous" | "baseline";
                            version: number;
                        };
                        quality: {
                            k: number;
                            reason: {
                                en: string;
                                pt: string;
                            };
                            silhouette: number;
                            stability: number;
                        };
                        sample: {
                            segment: string;
                            x: number;
                            y: number;
                        }[];
                        segments: {
                            centre: {
                                x: number;
                                y: number;
                            };
                            facts: {
                                column: string;
                                difference: number;
                                level: string | null;
                                mean: number | null;
                                overall: number | null;
                                phrase: {
                                    en: string;
                                    pt: string;
                                };
                            }[];
                            hidden: boolean;
                            id: string;
                            money: number | null;
                            moneyShare: number | null;
                            name: {
                                en: string;
                                pt: string;
                            };
                            sentences: {
                                en: string;
                                pt: string;
                            }[];
                            share: number | null;
                            size: number | null;
                        }[];
                        sentence: {
                            /** @enum {string} */
                            kind: "text" | "strong" | "measured" | "predicted";
                            text: string;
                        }[];
                    };
                };
            };
        };
    };
    getModelsSegmentsMembers: {
        parameters: {
            query?: {
                cursor?: string;
                /** @description Narrows a list, each column written filter.NAME=value; a name may come twice */
                filter?: {
                    [key: string]: string[];
                };
                format?: "json" | "csv" | "parquet";
                /** @description Rows with this or more of a number, written from.NAME=number */
                from?: {
                    [key: string]: number;
                };
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
                limit?: number;
                /** @description Rows with this or less of a number, written to.NAME=number */
                to?: {
                    [key: string]: number;
                };
            };
            header?: never;
            path: {
                model: string;
                segment: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            columns: {
                                [key: string]: string | number | boolean | null;
                            };
                            key: {
                                [key: string]: string;
                            };
                            money: number | null;
                            segment: string;
                        }[];
                        next: string | null;
                        total: number;
                    };
                    "application/vnd.apache.parquet": {
                        items: {
                            columns: {
                                [key: string]: string | number | boolean | null;
                            };
                            key: {
                                [key: string]: string;
                            };
                            money: number | null;
                            segment: string;
                        }[];
                        next: string | null;
                        total: number;
                    };
                    "text/csv": {
                        items: {
                            columns: {
                                [key: string]: string | number | boolean | null;
                            };
                            key: {
                                [key: string]: string;
                            };
                            money: number | null;
                            segment: string;
                        }[];
                        next: string | null;
                        total: number;
                    };
                };
            };
        };
    };
    getModelsSegmentsCompare: {
        parameters: {
            query?: {
                /** @description Narrows a list, each column written filter.NAME=value; a name may come twice */
                filter?: {
                    [key: string]: string[];
                };
                /** @description Rows with this or more of a number, written from.NAME=number */
                from?: {
                    [key: string]: number;
                };
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
                segment?: string | string[];
                /** @description Rows with this or less of a number, written to.NAME=number */
                to?: {
                    [key: string]: number;
                };
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        level: number;
                        provenance: {
                            alias: string | null;
                            coverage: {
                                level: number;
                                measured: number;
                                points: number;
                            }[];
                            dataUntil: string | null;
                            model: string;
                            quality: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            rung: "champion" | "previous" | "baseline";
                            version: number;
                        };
                        rows: {
                            column: string;
                            differences: ({
                                deviations: number;
                                lower: number;
                                upper: number;
                                value: number;
                            } | null)[];
                            level: string | null;
                            means: {
                                known: number;
                                mean: number | null;
                            }[];
                        }[];
                        segments: {
                            id: string;
                            name: {
                                en: string;
                                pt: string;
                            };
                            of: number;
                            size: number;
                        }[];
                        sentence: {
                            /** @enum {string} */
                            kind: "text" | "strong" | "measured" | "predicted";
                            text: string;
                        }[];
                    };
                };
            };
        };
    };
    getModelsSuggestion: {
        parameters: {
            query?: {
                /** @description Key of an entity, each column written key.NAME=value, such as key.store_id=20&key.product_id=7 */
                key?: {
                    [key: string]: string;
                };
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowed: {
                            high: number;
                            low: number;
                        };
                        at: string;
                        attributes?: {
                            [key: string]: string | number | boolean | null;
                        };
                        binding: {
                            rule: string;
                            says: {
                                en: string;
                                pt: string;
                            };
                        };
                        category: string | null;
                        competitor?: number;
                        cost: number;
                        costSoon?: number;
                        current: number;
                        curve: {
                            lower: number;
                            price: number;
                            profit: number;
                            tried: boolean;
                            units: number;
                            unitsLower?: number;
                            unitsUpper?: number;
                            upper: number;
                        }[];
                        decision: {
                            at: string;
                            by: string;
                            price: number | null;
                            reason: string | null;
                        } | null;
                        elasticity: {
                            /** @enum {string} */
                            from: "item" | "category" | "all";
                            identifiable: boolean;
                            lower: number | null;
                            reason: {
                                en: string;
                                pt: string;
                            };
                            upper: number | null;
                            value: number | null;
                        };
                        exploration: {
                            arms: {
                                price: number;
                                propensity: number;
                            }[];
                            policy: string;
                            propensity: number;
                            seed: number;
                        };
                        floor: number;
                        gain: {
                            lower: number;
                            upper: number;
                            value: number;
                        };
                        highestSeen: number | null;
                        id: string;
                        key: {
                            [key: string]: string;
                        };
                        name: string;
                        optimum: number | null;
                        price: number;
                        proposed: number;
                        sentence: {
                            /** @enum {string} */
                            kind: "text" | "strong" | "measured" | "predicted";
                            text: string;
                        }[];
                        /** @enum {string} */
                        state: "waiting" | "applied" | "refused" | "shadow" | "kept" | "hold-out" | "expired";
                        trail: {
                            from: number;
                            rule: string;
                            to: number;
                        }[];
                    };
                };
            };
        };
    };
    getModelsSuggestionHistory: {
        parameters: {
            query?: {
                /** @description Key of an entity, each column written key.NAME=value, such as key.store_id=20&key.product_id=7 */
                key?: {
                    [key: string]: string;
                };
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        outcomes: {
                            at: string;
                            price: number;
                            unitsPerDay: number;
                        }[];
                        sold: {
                            at: string;
                            days: number;
                            price: number;
                            unitsPerDay: number;
                        }[];
                        suggestions: {
                            at: string;
                            current: number;
                            decision: {
                                at: string;
                                by: string;
                                price: number | null;
                                reason: string | null;
                            } | null;
                            id: string;
                            price: number;
                            /** @enum {string} */
                            state: "waiting" | "applied" | "refused" | "shadow" | "kept" | "hold-out" | "expired";
                            units: {
                                after: number | null;
                                before: number | null;
                            } | null;
                        }[];
                    };
                };
            };
        };
    };
    getModelsSuggestions: {
        parameters: {
            query?: {
                cursor?: string;
                /** @description Key of an entity, each column written key.NAME=value, such as key.store_id=20&key.product_id=7 */
                key?: {
                    [key: string]: string;
                };
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
                limit?: number;
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        gain: number;
                        holdOut: number;
                        items: {
                            allowed: {
                                high: number;
                                low: number;
                            };
                            at: string;
                            attributes?: {
                                [key: string]: string | number | boolean | null;
                            };
                            binding: {
                                rule: string;
                                says: {
                                    en: string;
                                    pt: string;
                                };
                            };
                            category: string | null;
                            competitor?: number;
                            cost: number;
                            costSoon?: number;
                            current: number;
                            curve: {
                                lower: number;
                                price: number;
                                profit: number;
                                tried: boolean;
                                units: number;
                                unitsLower?: number;
                                unitsUpper?: number;
                                upper: number;
                            }[];
                            decision: {
                                at: string;
                                by: string;
                                price: number | null;
                                reason: string | null;
                            } | null;
                            elasticity: {
                                /** @enum {string} */
                                from: "item" | "category" | "all";
                                identifiable: boolean;
                                lower: number | null;
                                reason: {
                                    en: string;
                                    pt: string;
                                };
                                upper: number | null;
                                value: number | null;
                            };
                            exploration: {
                                arms: {
                                    price: number;
                                    propensity: number;
                                }[];
                                policy: string;
                                propensity: number;
                                seed: number;
                            };
                            floor: number;
                            gain: {
                                lower: number;
                                upper: number;
                                value: number;
                            };
                            highestSeen: number | null;
                            id: string;
                            key: {
                                [key: string]: string;
                            };
                            name: string;
                            optimum: number | null;
                            price: number;
                            proposed: number;
                            sentence: {
                                /** @enum {string} */
                                kind: "text" | "strong" | "measured" | "predicted";
                                text: string;
                            }[];
                            /** @enum {string} */
                            state: "waiting" | "applied" | "refused" | "shadow" | "kept" | "hold-out" | "expired";
                            trail: {
                                from: number;
                                rule: string;
                                to: number;
                            }[];
                        }[];
                        next: string | null;
                        provenance: {
                            alias: string | null;
                            coverage: {
                                level: number;
                                measured: number;
                                points: number;
                            }[];
                            dataUntil: string | null;
                            model: string;
                            quality: {
                                en: string;
                                pt: string;
                            };
                            /** @enum {string} */
                            rung: "champion" | "previous" | "baseline";
                            version: number;
                        };
                        sentence: {
                            /** @enum {string} */
                            kind: "text" | "strong" | "measured" | "predicted";
                            text: string;
                        }[];
                        total: number;
                    };
                };
            };
        };
    };
    postModelsSuggestionsDecision: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    decision: "approve" | "refuse" | "edit";
                    price?: number;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        allowed: {
                            high: number;
                            low: number;
                        };
                        at: string;
                        attributes?: {
                            [key: string]: string | number | boolean | null;
                        };
                        binding: {
                            rule: string;
                            says: {
                                en: string;
                                pt: string;
                            };
                        };
                        category: string | null;
                        competitor?: number;
                        cost: number;
                        costSoon?: number;
                        current: number;
                        curve: {
                            lower: number;
                            price: number;
                            profit: number;
                            tried: boolean;
                            units: number;
                            unitsLower?: number;
                            unitsUpper?: number;
                            upper: number;
                        }[];
                        decision: {
                            at: string;
                            by: string;
                            price: number | null;
                            reason: string | null;
                        } | null;
                        elasticity: {
                            /** @enum {string} */
                            from: "item" | "category" | "all";
                            identifiable: boolean;
                            lower: number | null;
                            reason: {
                                en: string;
                                pt: string;
                            };
                            upper: number | null;
                            value: number | null;
                        };
                        exploration: {
                            arms: {
                                price: number;
                                propensity: number;
                            }[];
                            policy: string;
                            propensity: number;
                            seed: number;
                        };
                        floor: number;
                        gain: {
                            lower: number;
                            upper: number;
                            value: number;
                        };
                        highestSeen: number | null;
                        id: string;
                        key: {
                            [key: string]: string;
                        };
                        name: string;
                        optimum: number | null;
                        price: number;
                        proposed: number;
                        sentence: {
                            /** @enum {string} */
                            kind: "text" | "strong" | "measured" | "predicted";
                            text: string;
                        }[];
                        /** @enum {string} */
                        state: "waiting" | "applied" | "refused" | "shadow" | "kept" | "hold-out" | "expired";
                        trail: {
                            from: number;
                            rule: string;
                            to: number;
                        }[];
                    };
                };
            };
        };
    };
    postModelsTrain: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key?: {
                        [key: string]: string;
                    };
                    seed?: number;
                } | null;
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        job: {
                            args: {
                                [key: string]: unknown;
                            };
                            attempt: number;
                            createdAt: string;
                            endedAt: string | null;
                            error: unknown;
                            id: string;
                            message: {
                                en: string;
                                pt: string;
                            } | null;
                            progress: number;
                            requestedBy: string;
                            result: unknown;
                            startedAt: string | null;
                            /** @enum {string} */
                            state: "queued" | "running" | "done" | "failed" | "cancelled";
                            verb: string;
                        };
                    };
                };
            };
        };
    };
    getModelsVersions: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            aliases: string[];
                            bytes: number;
                            createdAt: string;
                            dataUntil: string | null;
                            dependence: {
                                column: string;
                                points: {
                                    predicted: number;
                                    value: number | string;
                                }[];
                            }[];
                            hash: string;
                            importance: {
                                column: string;
                                share: number;
                            }[];
                            members: {
                                global: number;
                                local: number;
                            } | null;
                            metrics: {
                                [key: string]: number;
                            };
                            model: string;
                            recipe: {
                                kind: string;
                                params: {
                                    [key: string]: unknown;
                                };
                            };
                            run: string;
                            signature: {
                                levels?: number;
                                name: string;
                                type: string;
                            }[];
                            version: number;
                        }[];
                    };
                };
            };
        };
    };
    getModelsVersionsArtifact: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                model: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
        };
    };
    getReady: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        missing: {
                            en: string;
                            pt: string;
                        }[];
                        ready: boolean;
                    };
                };
            };
            /** @description Default Response */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        missing: {
                            en: string;
                            pt: string;
                        }[];
                        ready: boolean;
                    };
                };
            };
        };
    };
    getReviews: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
                state?: "open" | "kept" | "changed";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            askedBy: string;
                            at: string;
                            decision: unknown;
                            id: string;
                            key: {
                                [key: string]: string;
                            };
                            model: string;
                            note: string | null;
                            reason: string;
                            resolvedAt: string | null;
                            resolvedBy: string | null;
                            /** @enum {string} */
                            state: "open" | "kept" | "changed";
                            version: number;
                        }[];
                    };
                };
            };
        };
    };
    postReviews: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    key: string;
                    model: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        askedBy: string;
                        at: string;
                        decision: unknown;
                        id: string;
                        key: {
                            [key: string]: string;
                        };
                        model: string;
                        note: string | null;
                        reason: string;
                        resolvedAt: string | null;
                        resolvedBy: string | null;
                        /** @enum {string} */
                        state: "open" | "kept" | "changed";
                        version: number;
                    };
                };
            };
        };
    };
    postReviewsResolve: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: {
                /** @description The same key with the same body is done once and answered alike */
                "Idempotency-Key"?: string;
            };
            path: {
                review: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    note: string;
                    /** @enum {string} */
                    state: "kept" | "changed";
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        askedBy: string;
                        at: string;
                        decision: unknown;
                        id: string;
                        key: {
                            [key: string]: string;
                        };
                        model: string;
                        note: string | null;
                        reason: string;
                        resolvedAt: string | null;
                        resolvedBy: string | null;
                        /** @enum {string} */
                        state: "open" | "kept" | "changed";
                        version: number;
                    };
                };
            };
        };
    };
    getRuns: {
        parameters: {
            query?: {
                cursor?: string;
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
                limit?: number;
                model?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            abt: {
                                cutoffs: string[];
                                hash: string;
                            } | null;
                            /** @enum {string} */
                            better: "higher" | "lower";
                            endedAt: string | null;
                            error: string | null;
                            id: string;
                            leaderboard: {
                                baseline: boolean;
                                error: string | null;
                                folds: number[];
                                metrics: {
                                    [key: string]: number;
                                };
                                name: string;
                                recipe: {
                                    kind: string;
                                    params: {
                                        [key: string]: unknown;
                                    };
                                };
                                seconds: number;
                                tried?: {
                                    name: string;
                                    /** @enum {string} */
                                    outcome: "tried" | "skipped" | "failed";
                                    reason: string | null;
                                    score: number | null;
                                    share: number;
                                }[];
                                winner: boolean;
                            }[];
                            metric: string;
                            metrics: {
                                [key: string]: number;
                            };
                            model: string;
                            params: {
                                [key: string]: unknown;
                            };
                            rows: number | null;
                            seed: number;
                            startedAt: string;
                            /** @enum {string} */
                            status: "running" | "finished" | "failed" | "cancelled";
                            /** @enum {string} */
                            task: "classify" | "regress" | "segment" | "forecast" | "price";
                            timings: {
                                [key: string]: number;
                            };
                            verdict: {
                                baseline: number;
                                /** @enum {string} */
                                better: "higher" | "lower";
                                challenger: number;
                                champion: number | null;
                                checks: {
                                    check: string;
                                    passed: boolean;
                                    says: {
                                        en: string;
                                        pt: string;
                                    };
                                }[];
                                difference: number | null;
                                /** @enum {string} */
                                kind: "first" | "refresh" | "replace";
                                lower: number | null;
                                metric: string;
                                minGain: number;
                                upper: number | null;
                                /** @enum {string} */
                                verdict: "PROMOTE" | "HOLD" | "REJECT";
                            } | null;
                            version: number | null;
                        }[];
                        next: string | null;
                        total: number;
                    };
                };
            };
        };
    };
    getRunsById: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        abt: {
                            cutoffs: string[];
                            hash: string;
                        } | null;
                        /** @enum {string} */
                        better: "higher" | "lower";
                        endedAt: string | null;
                        error: string | null;
                        id: string;
                        leaderboard: {
                            baseline: boolean;
                            error: string | null;
                            folds: number[];
                            metrics: {
                                [key: string]: number;
                            };
                            name: string;
                            recipe: {
                                kind: string;
                                params: {
                                    [key: string]: unknown;
                                };
                            };
                            seconds: number;
                            tried?: {
                                name: string;
                                /** @enum {string} */
                                outcome: "tried" | "skipped" | "failed";
                                reason: string | null;
                                score: number | null;
                                share: number;
                            }[];
                            winner: boolean;
                        }[];
                        metric: string;
                        metrics: {
                            [key: string]: number;
                        };
                        model: string;
                        params: {
                            [key: string]: unknown;
                        };
                        rows: number | null;
                        seed: number;
                        startedAt: string;
                        /** @enum {string} */
                        status: "running" | "finished" | "failed" | "cancelled";
                        /** @enum {string} */
                        task: "classify" | "regress" | "segment" | "forecast" | "price";
                        timings: {
                            [key: string]: number;
                        };
                        verdict: {
                            baseline: number;
                            /** @enum {string} */
                            better: "higher" | "lower";
                            challenger: number;
                            champion: number | null;
                            checks: {
                                check: string;
                                passed: boolean;
                                says: {
                                    en: string;
                                    pt: string;
                                };
                            }[];
                            difference: number | null;
                            /** @enum {string} */
                            kind: "first" | "refresh" | "replace";
                            lower: number | null;
                            metric: string;
                            minGain: number;
                            upper: number | null;
                            /** @enum {string} */
                            verdict: "PROMOTE" | "HOLD" | "REJECT";
                        } | null;
                        version: number | null;
                    };
                };
            };
        };
    };
    getSession: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        language: "pt" | "en";
                        name: string;
                        /** @enum {string} */
                        role: "viewer" | "analyst" | "approver" | "admin";
                        scope: {
                            [key: string]: string[];
                        };
                        workspace: {
                            currency: string;
                            name: string;
                            title: {
                                en: string;
                                pt: string;
                            };
                            zone: string;
                        };
                    };
                };
            };
        };
    };
    postSession: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @enum {string} */
                        language: "pt" | "en";
                        name: string;
                        /** @enum {string} */
                        role: "viewer" | "analyst" | "approver" | "admin";
                        scope: {
                            [key: string]: string[];
                        };
                        workspace: {
                            currency: string;
                            name: string;
                            title: {
                                en: string;
                                pt: string;
                            };
                            zone: string;
                        };
                    };
                };
            };
        };
    };
    deleteSession: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    getSources: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            columns: {
                                knownAt: string | null;
                                name: string;
                                personal: boolean;
                                type: string;
                            }[];
                            fresh: boolean | null;
                            id: string;
                            ingestedAt: string | null;
                            name: string;
                            newest: string | null;
                            part: string;
                            reasons: {
                                code: string;
                                count: number;
                                example: string;
                                says: {
                                    en: string;
                                    pt: string;
                                };
                            }[];
                            rejects: number;
                            rows: number | null;
                        }[];
                    };
                };
            };
        };
    };
    getToday: {
        parameters: {
            query?: {
                /** @description Language of sentences and messages; before Accept-Language and the workspace’s own */
                lang?: "pt" | "en";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What went wrong, with which value, and what to do next */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What went wrong, with which value, and what to do next */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Default Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        date: string;
                        insights: {
                            id: string;
                            sentence: {
                                /** @enum {string} */
                                kind: "text" | "strong" | "measured" | "predicted";
                                text: string;
                            }[];
                            title: {
                                en: string;
                                pt: string;
                            };
                        }[];
                        items: {
                            amount: string;
                            figure: {
                                /** @enum {string} */
                                kind: "line" | "range" | "histogram" | "none";
                                predicted: number[];
                                values: number[];
                            };
                            href: string;
                            model: string;
                            money: number | null;
                            note: string;
                            predicted: boolean;
                            sentence: {
                                /** @enum {string} */
                                kind: "text" | "strong" | "measured" | "predicted";
                                text: string;
                            }[];
                            /** @enum {string} */
                            task: "classify" | "regress" | "segment" | "forecast" | "price";
                            title: {
                                en: string;
                                pt: string;
                            };
                            verb: string;
                            why: string;
                        }[];
                        sentence: {
                            /** @enum {string} */
                            kind: "text" | "strong" | "measured" | "predicted";
                            text: string;
                        }[];
                        trust: {
                            label: string;
                            model: string;
                            says: string;
                            /** @enum {string} */
                            state: "good" | "small" | "stale" | "none";
                            title: {
                                en: string;
                                pt: string;
                            };
                        }[];
                        uplift: {
                            says: string;
                            value: number | null;
                        };
                    };
                };
            };
        };
    };
}
