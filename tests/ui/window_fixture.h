// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main_window.h"
#include "ui/pages/page.h"
#include "ui/pages/page_table.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/chat_service.h"
#include "ui/services/history_service.h"
#include "ui/services/job_service.h"
#include "ui/services/language.h"
#include "ui/services/preferences.h"
#include "ui/services/queue_service.h"
#include "ui/services/run_service.h"

#include <QTemporaryDir>
#include <QUndoStack>
#include <QtTest>

#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

namespace lori::ui {

/// The page of this class, made when it is not there yet.
template <typename Wanted>
Wanted& pageOf(MainWindow& window)
{
    if (auto* made = window.findChild<Wanted*>()) {
        return *made;
    }
    for (const PageRow& row : pageTable()) {
        if (auto* found = qobject_cast<Wanted*>(window.page(row.id))) {
            return *found;
        }
    }
    qFatal("page_table.h has no page of this class");
}

} // namespace lori::ui

namespace lori::ui::test {

inline constexpr int kPatience = 20'000; // milliseconds until something has happened, also on a busy machine

/// A home of its own and everything the window needs; the worker is the fake one unless $LORI_WORKER names another.
class WindowFixture final {
public:
    /// `folder`: the home of another fixture, for a second window over the same runs; empty for one of its own.
    explicit WindowFixture(const QString& folder = {})
    {
        const QString root = folder.isEmpty() ? m_folder.path() : folder;
        qputenv("XDG_CONFIG_HOME", root.toLocal8Bit() + "/config");
        qputenv("LORI_HOME", root.toLocal8Bit());
        if (qEnvironmentVariableIsEmpty("LORI_WORKER")) {
            qputenv("LORI_WORKER", LORI_FAKE_WORKER);
        }
        home = Home{root.toStdString()};
        preferences = std::make_unique<Preferences>();
        language = std::make_unique<Language>();
        language->use(QStringLiteral("en"));
        context.home = home;
        context.preferences = preferences.get();
        context.language = language.get();
        context.undo = &undo;
        beginServices();
    }

    /// As a program that ends and is started again; its window has gone before. Workers go on.
    void restart()
    {
        chat.reset();
        adapters.reset();
        queue.reset(); // these two ask the history
        jobs.reset();
        history.reset();
        runs.reset();
        undo.clear();
        beginServices();
    }

    [[nodiscard]] std::unique_ptr<MainWindow> makeWindow()
    {
        auto window = std::make_unique<MainWindow>(context);
        window->show();
        if (!QTest::qWaitForWindowExposed(window.get())) {
            return nullptr;
        }
        window->activateWindow(); // shortcuts are for the active window, and without a window manager nobody else makes it so
        return QTest::qWaitForWindowActive(window.get()) ? std::move(window) : nullptr;
    }

    /// Quick look made shorter: few steps, and scores of four rows and sixteen tokens.
    [[nodiscard]] static experiment::RunConfig shortConfig(std::int64_t steps = 8)
    {
        experiment::RunConfig config = experiment::presets().front().config;
        for (auto& stage : config.stages) {
            stage.steps = stage.kind == experiment::StageKind::Mask ? 0 : steps;
        }
        for (auto& task : config.evaluation.tasks) {
            task.limit = 4;
        }
        config.evaluation.maxNewTokens = 16;
        return config;
    }

private:
    void beginServices()
    {
        runs = std::make_unique<RunService>(home);
        history = std::make_unique<HistoryService>(home);
        jobs = std::make_unique<JobService>(home);
        queue = std::make_unique<QueueService>(home, *history);
        adapters = std::make_unique<AdapterCatalog>(home, *history);
        chat = std::make_unique<ChatService>(home);
        context.runs = runs.get();
        context.history = history.get();
        context.jobs = jobs.get();
        context.queue = queue.get();
        context.adapters = adapters.get();
        context.chat = chat.get();
    }

    QTemporaryDir m_folder;

public:
    Home home;
    QUndoStack undo;
    std::unique_ptr<RunService> runs;
    std::unique_ptr<HistoryService> history;
    std::unique_ptr<JobService> jobs;
    std::unique_ptr<QueueService> queue;
    std::unique_ptr<AdapterCatalog> adapters;
    std::unique_ptr<ChatService> chat;
    std::unique_ptr<Preferences> preferences;
    std::unique_ptr<Language> language;
    AppContext context;
};

/// The folders of all runs of the home; none before the first.
inline std::vector<std::filesystem::path> runsOf(const WindowFixture& fixture)
{
    std::vector<std::filesystem::path> found;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(fixture.home.runs(), none)) {
        found.push_back(entry.path());
    }
    return found;
}

} // namespace lori::ui::test
