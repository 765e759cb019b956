// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/run_folder.h"
#include "core/tasks/row_tokens.h"
#include "ui/services/background_job.h"
#include "ui/services/data_check.h"
#include "ui/services/model_text.h"

#include <QObject>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lori::ui {

/// A row as the model sees it, or why the model cannot be given it.
struct SeenOrNot {
    std::optional<tasks::SeenRow> row;
    std::optional<Error> error;
};

/// The first rows of a data file as training would feed them to the draft's model: the same rendering as `lori data preview
/// --rendered`. Computed in another thread; a model's tokenizer is opened once and kept.
class SeenRows final : public QObject {
    Q_OBJECT

public:
    struct View {
        bool reading = true;
        std::optional<Error> error; ///< of the model; then there are no rows
        std::vector<SeenOrNot> rows;
    };

    SeenRows(Home home, QObject* parent);

    /// What is known of the rows of `data`, the view of the configuration's source number `source`; starts rendering them when
    /// model, form or file are new. changed() comes when it is done.
    [[nodiscard]] const View& look(const experiment::RunConfig& config, std::size_t source, const DataView& data);

Q_SIGNALS:
    void changed();

private:
    struct Result {
        View view;
        std::shared_ptr<const ModelText> model;
    };
    [[nodiscard]] static Result render(const Home& home, const experiment::RunConfig& config, std::size_t source,
                                       const std::vector<tasks::Row>& rows, std::shared_ptr<const ModelText> model);

    Home m_home;
    std::string m_key; ///< what m_view shows
    View m_view;
    std::shared_ptr<const ModelText> m_model;
    BackgroundJob m_job;
};

} // namespace lori::ui
