// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/merge_adapters.h"
#include "tests/ui/window_fixture.h"

#include "ui/pages/merge/merge_page.h"
#include "ui/services/page_router.h"

#include <QLabel>
#include <QPushButton>
#include <QTableWidget>

#include <filesystem>
#include <memory>
#include <vector>

namespace lori::ui::test {

/// A run of this name that learned a task, with one adapter; the adapter's folder.
inline std::filesystem::path makeRun(const Home& home, const char* name, const char* task, const SmallAdapter& adapter)
{
    experiment::RunConfig config = WindowFixture::shortConfig();
    config.name = name;
    config.data.sources.front().task = task;
    config.model = home.root.string(); // any place that is there
    const std::filesystem::path folder = jobs::RunFolder::create(home, config).value().path() / "adapter" / "0-lori-d";
    writeSmallAdapter(folder, adapter);
    return folder;
}

template <typename Widget>
Widget* in(QWidget& page, const char* name)
{
    auto* found = page.findChild<Widget*>(QLatin1String(name));
    return found != nullptr ? found : (qFatal("no %s", name), nullptr);
}

inline QString textOf(QWidget& page, const char* label)
{
    return in<QLabel>(page, label)->text();
}

inline const std::vector<SmallAdapter> kThree{
    {.seed = 1, .entries = 1, .kept = 0.4}, {.seed = 2, .entries = 2, .kept = 0.4}, {.seed = 1, .entries = 3, .kept = 0.4}};

/// The window over a home with three adapters, the page shown.
struct ShownMerge {
    WindowFixture fixture;
    std::vector<std::filesystem::path> folders;
    std::unique_ptr<MainWindow> window;
    MergePage* page = nullptr;

    explicit ShownMerge(const std::vector<SmallAdapter>& adapters)
    {
        const char* const names[] = {"Capitals", "Sums", "Safety"};
        const char* const learned[] = {"language", "maths", "safety"};
        for (std::size_t i = 0; i < adapters.size(); ++i) {
            folders.push_back(makeRun(fixture.home, names[i], learned[i], adapters[i]));
        }
        window = fixture.makeWindow();
        page = &pageOf<MergePage>(*window);
        fixture.context.pages->go(intents::MergeAdapters{});
    }
    void choose(const std::vector<std::filesystem::path>& chosen) const
    {
        fixture.context.pages->go(intents::MergeAdapters{chosen});
    }
    /// Merges these as the page proposes it, and waits until it is one of `merges` in the table.
    void merge(const std::vector<std::filesystem::path>& chosen, int merges) const
    {
        choose(chosen);
        QTRY_VERIFY_WITH_TIMEOUT(button()->isEnabled(), kPatience);
        QTest::mouseClick(button(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(in<QTableWidget>(*page, "mergeTable")->rowCount(), merges, kPatience);
    }
    [[nodiscard]] QPushButton* button() const { return in<QPushButton>(*page, "mergeButton"); }
};

} // namespace lori::ui::test
