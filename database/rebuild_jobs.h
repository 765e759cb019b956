// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/check.h"
#include "database/connection.h"

namespace lori::database {

// What a rebuild does for jobs and the queue. All of these throw.

/// Takes over the rows of jobs whose folders cannot give them any more, and of those that lie elsewhere than in home.jobs(), from
/// the old database, attached as `old`. Call inside a transaction.
void keepOldJobs(Connection& db, const Home& home, RebuildReport& report);

/// Ingests every folder of home.jobs() that keepOldJobs() did not keep.
void fillJobs(Connection& db, const Home& home, RebuildReport& report);

/// Takes over the queue of a readable old database. Without one the queue comes from queue.json at its first use.
void keepQueue(Connection& db, Connection& old);

} // namespace lori::database
