// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/pages/masks/mask_set.h"
#include "ui/services/background_job.h"
#include "ui/theme.h"

#include <QWidget>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;

namespace lori::ui {

struct AppContext;

/// What the views of several masks have in common: the list they are ticked in, reading them in another thread, and what to do
/// when there is none, too few, or one that does not fit. The leaf class fills the body.
class MaskSetView : public QWidget {
    Q_OBJECT

public:
    /// `name` begins the object names of its parts; `fewest`: masks without which there is nothing to show.
    MaskSetView(AppContext& context, const QString& name, std::size_t fewest, QWidget* parent);
    /// The library's sources; those with a mask can be ticked. Ticks stay; the first time, some are ticked.
    void setSources(const std::vector<MaskSource>& sources);
    /// Ticks these mask files, the first kMostMasks that are in the list, and no others.
    void choose(const std::vector<std::filesystem::path>& maskFiles);
    /// Puts a mask from elsewhere in the list, ticked: a mask file, or a folder that has one.
    void addPath(const QString& path);
    [[nodiscard]] bool isBusy() const { return m_job.isRunning(); }
    /// nullptr while nothing is shown.
    [[nodiscard]] const MaskSet* set() const { return m_set.get(); }

Q_SIGNALS:
    void shown(); ///< masks were read, or could not be

protected:
    [[nodiscard]] QVBoxLayout* body() const { return m_bodyLayout; }
    [[nodiscard]] QWidget* bodyWidget() const { return m_body; }
    /// Shows set(), which has `fewest` masks or more; also after a change of language or colours.
    virtual void showSet() = 0;
    /// The sentence above the body.
    void say(const QString& text, Tone tone);
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    virtual void retranslate();

private:
    enum class State : std::uint8_t { NoMasks, TooFew, Reading, Cancelled, Failed, Done };
    QWidget* makeSide();
    void makeMain(QWidget* main);
    void fill(const std::vector<std::filesystem::path>& ticked);
    [[nodiscard]] std::vector<MaskSource> ticked() const;
    [[nodiscard]] std::vector<std::filesystem::path> firstTicks() const;
    void limitTicks();
    void read();
    void taken(const Result<std::shared_ptr<const MaskSet>>& result);
    void showState();
    void addFile();

    AppContext& m_context;
    QString m_name;
    std::size_t m_fewest;
    std::vector<MaskSource> m_sources; ///< with a mask
    std::vector<MaskSource> m_added;   ///< from elsewhere
    bool m_choseFirst = false;
    bool m_stale = false; ///< ticks changed while the view was hidden
    State m_state = State::NoMasks;
    Error m_error;
    std::shared_ptr<const MaskSet> m_set;
    BackgroundJob m_job;
    QLabel* m_listLabel = nullptr;
    QListWidget* m_list = nullptr;
    QPushButton* m_add = nullptr;
    QLabel* m_text = nullptr;
    QPushButton* m_action = nullptr; ///< what helps in this state
    QWidget* m_body = nullptr;
    QVBoxLayout* m_bodyLayout = nullptr;
};

} // namespace lori::ui
