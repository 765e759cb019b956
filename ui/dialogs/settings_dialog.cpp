// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/settings_dialog.h"

#include "ui/services/history_service.h"
#include "ui/services/preferences.h"
#include "ui/text.h"
#include "ui/widgets/fitting.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QThread>
#include <QVBoxLayout>

#include <algorithm>
#include <filesystem>
#include <set>

namespace lori::ui {
namespace {

std::int64_t bytesOf(const std::filesystem::path& folder, const BackgroundJob::Cancelled& cancelled)
{
    std::int64_t bytes = 0;
    std::error_code ignored; // what cannot be read cannot be counted
    for (auto entry = std::filesystem::recursive_directory_iterator(folder, ignored);
         !ignored && entry != std::filesystem::recursive_directory_iterator() && !*cancelled; entry.increment(ignored)) {
        if (std::error_code unreadable; entry->is_regular_file(unreadable)) {
            bytes += static_cast<std::int64_t>(entry->file_size(unreadable));
        }
    }
    return bytes;
}

QComboBox* combo(QWidget* parent, const char* name, const QList<QPair<QString, QVariant>>& choices, const QVariant& now)
{
    auto* box = new QComboBox(parent);
    box->setObjectName(QLatin1String(name));
    for (const auto& [text, value] : choices) {
        box->addItem(text, value);
    }
    box->setCurrentIndex(std::max(0, box->findData(now)));
    return box;
}

} // namespace

SettingsDialog::SettingsDialog(AppContext& context, QWidget* parent) : QDialog(parent), m_context(context)
{
    setObjectName(QStringLiteral("settingsDialog"));
    setWindowTitle(tr("Settings"));
    m_search = new QLineEdit(this);
    m_search->setObjectName(QStringLiteral("settingsSearch"));
    m_search->setClearButtonEnabled(true);
    m_search->setPlaceholderText(tr("Search settings"));
    m_search->setAccessibleName(tr("Search settings"));
    auto* body = new QWidget(this);
    auto* form = new QFormLayout(body);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    buildLook(form);
    buildTraining(form);
    buildFiles(form);
    buildTrash(form);
    auto* scroll = new QScrollArea(this);
    scroll->setObjectName(QStringLiteral("settingsScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    auto* buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Cl&ose"), QDialogButtonBox::RejectRole)->setObjectName(QStringLiteral("closeSettings"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsDialog::search);
    connect(m_context.history, &HistoryService::changed, this, &SettingsDialog::lookAtTrash);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(scroll, 1);
    column->addWidget(buttons);
    for (QPushButton* button : findChildren<QPushButton*>()) {
        button->setAutoDefault(false); // Enter in the search field would press the first one, which resets the layout
    }
    resizeWithinParent(*this, {fontMetrics().averageCharWidth() * 84, fontMetrics().height() * 28});
    lookAtTrash();
}

QStringList SettingsDialog::names()
{
    QStringList names;
    for (const QString& title : {tr("&Look"), tr("L&anguage"), tr("Notifications"), tr("Layout of the window"),
                                 tr("&Processor threads"), tr("Your files"), tr("Trash"), tr("The trash &keeps runs")}) {
        names.append(Text::withoutMnemonic(title));
    }
    return names;
}

void SettingsDialog::find(const QString& words)
{
    m_search->setText(words);
}

void SettingsDialog::add(QFormLayout* form, const QString& title, QWidget* field, const QString& explanation)
{
    auto* label = new QLabel(title, this);
    label->setBuddy(field);
    auto* text = new QLabel(explanation, this);
    text->setWordWrap(true);
    text->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(label, field);
    form->addRow(QString(), text);
    if (field->accessibleName().isEmpty()) {
        field->setAccessibleName(Text::withoutMnemonic(title));
    }
    field->setAccessibleDescription(explanation);
    label->setObjectName(QStringLiteral("settingsTitle"));
    m_lines.push_back({(Text::withoutMnemonic(title) + QLatin1Char(' ') + explanation).toCaseFolded(), {label, field, text}});
}

void SettingsDialog::buildLook(QFormLayout* form)
{
    auto* look = combo(this, "settingsLook",
                       {{tr("As the desktop"), static_cast<int>(Look::System)},
                        {tr("Light"), static_cast<int>(Look::Light)},
                        {tr("Dark"), static_cast<int>(Look::Dark)}},
                       static_cast<int>(m_context.preferences->look()));
    connect(look, &QComboBox::activated, this, [this, look] { Q_EMIT lookChosen(look->currentData().toInt()); });
    add(form, tr("&Look"), look, tr("Light and dark change everything at once, charts and maps too."));
    auto* language = combo(this, "settingsLanguage",
                           {{tr("As the desktop"), QString()},
                            {QStringLiteral("English"), QStringLiteral("en")},
                            {QStringLiteral("简体中文"), QStringLiteral("zh_CN")}},
                           m_context.preferences->language());
    connect(language, &QComboBox::activated, this,
            [this, language] { Q_EMIT languageChosen(language->currentData().toString()); });
    add(form, tr("L&anguage"), language, tr("Of the window; what adapters and files hold stays as it is."));
    auto* notify = new QCheckBox(tr("&Tell when a run ends"), this);
    notify->setObjectName(QStringLiteral("settingsNotify"));
    notify->setChecked(m_context.preferences->notifies());
    connect(notify, &QCheckBox::toggled, this, [this](bool on) { m_context.preferences->setNotifies(on); });
    add(form, tr("Notifications"), notify, tr("By the desktop, while this window is not in front."));
    auto* reset = new QPushButton(tr("&Reset"), this);
    reset->setObjectName(QStringLiteral("settingsReset"));
    reset->setAccessibleName(tr("Reset the window's layout"));
    connect(reset, &QPushButton::clicked, this, &SettingsDialog::resetRequested);
    add(form, tr("Layout of the window"), reset, tr("Size, tool bar and columns as at the first start."));
}

void SettingsDialog::buildTraining(QFormLayout* form)
{
    const int now = m_context.preferences->threads();
    const int cores = QThread::idealThreadCount();
    std::set<int> counts;
    for (int count = 1; count < cores; count *= 2) {
        counts.insert(count);
    }
    if (now > 0) {
        counts.insert(now); // of another machine, or set by hand
    }
    QList<QPair<QString, QVariant>> choices;
    choices.append(QPair<QString, QVariant>(tr("all"), 0));
    for (const int count : counts) {
        choices.append(QPair<QString, QVariant>(QLocale().toString(count), count));
    }
    auto* threads = combo(this, "settingsThreads", choices, now);
    connect(threads, &QComboBox::activated, this,
            [this, threads] { m_context.preferences->setThreads(threads->currentData().toInt()); });
    add(form, tr("&Processor threads"), threads,
        tr("Of experiments that begin from a preset after this. Fewer take longer and leave the computer free for other work; an "
           "experiment's own number stands in its advanced form."));
}

void SettingsDialog::buildFiles(QFormLayout* form)
{
    auto* files = new QWidget(this);
    auto* row = new QHBoxLayout(files);
    row->setContentsMargins(0, 0, 0, 0);
    auto* show = new QPushButton(tr("&Show folder"), files);
    show->setObjectName(QStringLiteral("settingsShowFolder"));
    auto* other = new QPushButton(tr("Work in another &folder…"), files);
    other->setObjectName(QStringLiteral("settingsOtherFolder"));
    connect(show, &QPushButton::clicked, this, &SettingsDialog::folderRequested);
    connect(other, &QPushButton::clicked, this, &SettingsDialog::otherFolderRequested);
    row->addWidget(show);
    row->addWidget(other);
    row->addStretch(1);
    add(form, tr("Your files"), files,
        tr("Runs, adapters, masks and the history lie in %1. Nothing leaves this computer.")
            .arg(QString::fromStdString(m_context.home.root.string())));
}

void SettingsDialog::buildTrash(QFormLayout* form)
{
    auto* trash = new QWidget(this);
    auto* row = new QHBoxLayout(trash);
    row->setContentsMargins(0, 0, 0, 0);
    m_trashText = new QLabel(trash);
    m_empty = new QPushButton(tr("&Empty trash…"), trash);
    m_empty->setObjectName(QStringLiteral("settingsEmptyTrash"));
    m_emptyReally = new QPushButton(trash);
    m_emptyReally->setObjectName(QStringLiteral("settingsEmptyReally"));
    m_emptyReally->setAccessibleName(tr("Delete for good"));
    m_emptyReally->hide();
    connect(m_empty, &QPushButton::clicked, this, &SettingsDialog::askToEmpty);
    connect(m_emptyReally, &QPushButton::clicked, this, [this] {
        m_emptyReally->hide();
        m_context.history->deleteForever(m_trash.runs);
    });
    row->addWidget(m_trashText);
    row->addWidget(m_empty);
    row->addWidget(m_emptyReally);
    row->addStretch(1);
    add(form, tr("Trash"), trash, tr("Runs in the trash can be brought back on the History page until they are deleted."));
    constexpr int kDays = 30;
    constexpr int kMoreDays = 90;
    auto* keeps = combo(this, "settingsTrashDays",
                        {{tr("for %n day(s)", nullptr, kDays), kDays},
                         {tr("for %n day(s)", nullptr, kMoreDays), kMoreDays},
                         {tr("until it is emptied"), 0}},
                        m_context.preferences->trashDays());
    connect(keeps, &QComboBox::activated, this, [this, keeps] {
        m_context.preferences->setTrashRule(keeps->currentData().toInt(), QDateTime::currentMSecsSinceEpoch());
    });
    add(form, tr("The trash &keeps runs"), keeps,
        tr("Then this window deletes them for good. The time begins when a run is put there, and anew for all when another time "
           "is chosen here."));
}

void SettingsDialog::search(const QString& text)
{
    const QStringList words = text.toCaseFolded().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const Line& line : m_lines) {
        const bool fits = std::all_of(words.begin(), words.end(), [&](const QString& word) { return line.words.contains(word); });
        for (QWidget* widget : line.widgets) {
            widget->setVisible(fits);
        }
    }
}

void SettingsDialog::lookAtTrash()
{
    database::RunQuery query;
    query.trash = database::TrashFilter::OnlyTrash;
    query.limit = 100'000;
    m_trash = {};
    if (const auto runs = m_context.history->list(query)) {
        for (const database::RunSummary& run : *runs) {
            m_trash.runs.append(QString::fromStdString(run.id));
        }
    }
    m_empty->setEnabled(!m_trash.runs.isEmpty());
    m_trashText->setText(tr("%n run(s)", nullptr, static_cast<int>(m_trash.runs.size())));
    m_counting.start(
        [folder = m_context.home.trash()](const BackgroundJob::Cancelled& cancelled) { return bytesOf(folder, cancelled); },
        [this](std::int64_t bytes) {
            m_trash.bytes = bytes;
            m_trashText->setText(
                tr("%n run(s), %1", nullptr, static_cast<int>(m_trash.runs.size())).arg(Text::bytes(static_cast<double>(bytes))));
        });
}

/// The answer is a second button beside the first, which says what it will do.
void SettingsDialog::askToEmpty()
{
    m_emptyReally->setText(tr("Delete %n run(s) for good", nullptr, static_cast<int>(m_trash.runs.size())));
    m_emptyReally->show();
    m_emptyReally->setFocus();
}

} // namespace lori::ui
