// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/branching.h"

#include "ui/services/lori_answer.h"

#include <QStringList>

#include <utility>

namespace lori::ui {

void makeBranch(const QString& runId, const std::vector<experiment::StageChange>& changes, const QString& name, BranchFrom from,
                QObject* context, std::function<void(const Result<QString>&)> then)
{
    static constexpr const char* kOptions[] = {"--learning-rate", "--steps", "--evaluate-every"};
    QStringList words{QStringLiteral("job"), QStringLiteral("branch"), runId, QStringLiteral("--name"), name};
    for (const experiment::StageChange& each : changes) {
        words << QString::fromLatin1(kOptions[static_cast<std::size_t>(each.what)]) << QString::number(each.value, 'g', 17);
    }
    if (from == BranchFrom::Good) {
        words << QStringLiteral("--good");
    }
    askLori(words, context, [then = std::move(then)](const Result<nlohmann::json>& answer) {
        if (!answer) {
            then(answer.error());
            return;
        }
        const auto made = answer->find("job");
        if (made == answer->end() || !made->is_string()) {
            then(Error{ErrorCode::BadFile, "the new run could not be made", "duplicate the settings instead", "lori job branch"});
            return;
        }
        then(QString::fromStdString(made->template get<std::string>()));
    });
}

} // namespace lori::ui
