// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/run_config.h"
#include "ui/pages/page.h"
#include "ui/services/app_context.h"
#include "ui/services/background_job.h"
#include "ui/services/data_reading.h"
#include "ui/services/opened_files.h"

#include <map>
#include <optional>

class QBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTabWidget;

namespace lori::ui {

class DataFactsCard;
class DataGet;
class DataImport;
class DataLengths;
class DataList;
class DataProblems;
class DataRows;
class RowLengths;
class SeenRows;
class SeenRowView;
class StillProgressBar;

/// Own files, starter tasks and published sets: how their rows are read, what the model will see, how long they are, and which
/// cannot be used.
class DataPage final : public Page, public FileOpener {
    Q_OBJECT

public:
    explicit DataPage(AppContext& context, QWidget* parent = nullptr);
    ~DataPage() override;

    /// Opens a file or a folder of tables, and keeps it in the list.
    void openFile(const QString& path) override;
    /// Shows a starter task or a published set.
    void openTask(const QString& task);
    /// Writes a small table that a person can fill in, and opens it.
    void makeSample(const QString& path);

    void take(const Intent& intent) override;
    [[nodiscard]] std::vector<PageView> views(const QString& runId) override;
    [[nodiscard]] bool isBusy() const override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void build();
    QWidget* buildLeft();
    QWidget* buildEmpty();
    QWidget* buildMessage();
    QWidget* buildSeen();
    void placeCard();
    void retranslate();

    void choose(const QString& file, const QString& task);
    void showOpened();
    void readAll();
    void changeMapping(const experiment::ColumnMapping& mapping);
    void showContent();
    void showTab();
    void updateSeen();
    void showSeen();
    void refresh();
    void leaveOut();
    void askGet();
    void connectGet();
    /// What the message says of a set that is not there, or is on its way.
    void showMissing(const QString& missing);
    void use(bool besides);
    void chooseFile();
    void chooseSample();
    [[nodiscard]] bool hasSource() const { return !m_source.file.empty() || !m_source.task.empty(); }
    /// The columns were proposed, not chosen by a person.
    [[nodiscard]] bool isProposed() const { return !m_chosen.contains(m_source.file); }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString fixedRoles() const;
    /// Why the source cannot be used in an experiment (yet), in one sentence; "" when it can.
    [[nodiscard]] QString whyNot() const;

    AppContext& m_context;
    experiment::RunConfig m_config; ///< the experiment that is being set up
    experiment::DataSource m_source;
    std::map<std::string, experiment::ColumnMapping> m_chosen; ///< columns that a person chose, by file
    std::string m_stamp;                                       ///< of the file when it was read
    std::optional<DataContent> m_content;                      ///< nothing while it is read, or the columns are not known
    std::size_t m_row = 0;                                     ///< the usable row that the model's view shows
    std::size_t m_first = 0;                                   ///< of the rows that were rendered
    BackgroundJob m_contentJob;
    SeenRows* m_seenRows = nullptr;
    RowLengths* m_rowLengths = nullptr;
    DataImport* m_import = nullptr;

    DataList* m_list = nullptr;
    QPushButton* m_chooseFile = nullptr;
    QPushButton* m_makeSample = nullptr;
    QBoxLayout* m_left = nullptr;
    QBoxLayout* m_across = nullptr;
    QStackedWidget* m_stack = nullptr;
    QLabel* m_empty = nullptr;
    QLabel* m_message = nullptr;
    StillProgressBar* m_reading = nullptr;
    QPushButton* m_another = nullptr;
    QTabWidget* m_tabs = nullptr;
    DataRows* m_rows = nullptr;
    SeenRowView* m_seen = nullptr;
    QLabel* m_seenNote = nullptr;
    DataLengths* m_lengths = nullptr;
    DataProblems* m_problems = nullptr;
    QScrollArea* m_cardScroll = nullptr;
    DataFactsCard* m_card = nullptr;
    QLabel* m_why = nullptr;
    DataGet* m_get = nullptr;
    QPushButton* m_getButton = nullptr;
    QPushButton* m_use = nullptr;
    QPushButton* m_besides = nullptr;
};

} // namespace lori::ui
