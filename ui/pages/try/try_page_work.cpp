// SPDX-License-Identifier: GPL-3.0-or-later
// What the page does: columns, the model they need, questions.
#include "ui/pages/try/try_page.h"

#include "core/formats/model_files.h"
#include "core/jobs/run_folder.h"
#include "ui/frame/message_bar.h"
#include "ui/pages/try/adapter_dialog.h"
#include "ui/pages/try/prompt_box.h"
#include "ui/pages/try/try_column.h"
#include "ui/pages/try/try_settings.h"
#include "ui/services/adapter_catalog.h"
#include "ui/services/chat_service.h"
#include "ui/services/run_service.h"
#include "ui/text.h"

#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace lori::ui {

namespace fs = std::filesystem;

namespace {

constexpr int kPictureTokens = 48; // longest answer in a picture

} // namespace

void TryPage::connectService()
{
    ChatService* chat = m_context.chat;
    connect(chat, &ChatService::changed, this, [this] {
        showState();
        showColumns();
    });
    const auto tell = [this](int column, const auto& what) {
        const auto place = static_cast<std::size_t>(column);
        if (place < m_asked.size() && m_asked[place] != nullptr) { // this page asked, and the column was not taken away meanwhile
            what(*m_asked[place]);
        }
    };
    connect(chat, &ChatService::piece, this,
            [tell](int column, const QString& text) { tell(column, [&](TryColumn& asked) { asked.add(text); }); });
    connect(chat, &ChatService::answered, this, [this, tell](int column, const wire::Done& done) {
        m_anyAnswer = m_anyAnswer || !done.text.empty();
        tell(column, [&](TryColumn& asked) { asked.endTurn(done); });
    });
    connect(chat, &ChatService::refused, this,
            [tell](int column, const Error& error) { tell(column, [&](TryColumn& asked) { asked.failTurn(error); }); });
    connect(chat, &ChatService::finished, this, &TryPage::finishQuestion);
    connect(m_context.runs, &RunService::stateChanged, this, &TryPage::showTraining);
    connect(m_context.runs, &RunService::runStarted, this, &TryPage::showTraining);
    connect(m_context.adapters, &AdapterCatalog::changed, this, [this] {
        for (TryColumn* column : m_columns) {
            column->setName(nameOf(column->adapter()));
        }
        showColumns();
    });
}

void TryPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    fillModels();
    showState();
    showTraining();
    if (!m_context.adapters->isRead()) {
        m_context.adapters->refresh();
    }
}

namespace {

/// The configuration of the run whose folder this is; nothing for an adapter's folder.
std::optional<experiment::RunConfig> runAt(const fs::path& folder)
{
    std::error_code none;
    if (folder.empty() || fs::exists(folder / "adapter_config.json", none) || !fs::exists(folder / "config.json", none)) {
        return std::nullopt;
    }
    auto config = experiment::readRunConfig((folder / "config.json").string());
    return config ? std::optional(std::move(*config)) : std::nullopt;
}

} // namespace

void TryPage::take(const Intent& intent)
{
    const auto* asked = std::get_if<intents::TryAdapters>(&intent);
    if (asked == nullptr) {
        return;
    }
    if (m_context.chat->isAsking()) {
        m_context.chat->cancel();
    }
    for (const fs::path& adapter : asked->adapters) {
        if (runAt(adapter)) {
            m_context.chat->readAgain(adapter);
        }
    }
    setAdapters(asked->adapters);
    showRows(asked->runId);
    m_prompt->setFocus(Qt::OtherFocusReason);
}

std::vector<PageView> TryPage::views(const QString& /*runId*/)
{
    return {{QString(),
             [] {
             }},
            {QStringLiteral("answers"), [this] {
                 std::vector<fs::path> newest;
                 for (const KnownAdapter& adapter : m_context.adapters->adapters()) {
                     if (newest.size() < 2) {
                         newest.push_back(adapter.folder);
                     }
                 }
                 setAdapters(newest);
                 m_settings->setLongest(kPictureTokens);
                 m_prompt->setPlainText(tr("What is the capital of France?"));
                 ask();
             }}};
}

void TryPage::fillModels()
{
    m_models->clear();
    for (const auto& model : formats::registeredModels(m_context.home.root)) {
        if (model.present) {
            const QString name = QString::fromStdString(model.name);
            m_models->addItem(Text::model(name), name);
        }
    }
    if (m_models->findData(m_model) < 0) {
        m_models->addItem(Text::model(m_model), m_model);
    }
    m_models->setCurrentIndex(m_models->findData(m_model));
}

void TryPage::setModel(const QString& model)
{
    if (model == m_model) {
        return;
    }
    m_model = model;
    fillModels();
    newConversation();
    if (m_context.chat->state() != ChatService::State::Off) {
        prepare();
    }
    showState();
}

/// The base that an adapter was trained on, as this computer knows it; the present one when that cannot be told.
QString TryPage::modelOf(const fs::path& adapter) const
{
    if (const auto run = runAt(adapter)) {
        return QString::fromStdString(run->model);
    }
    const auto described = describeAdapter(adapter);
    if (!described) {
        return m_model;
    }
    if (!described->runId.isEmpty()) {
        const auto run = jobs::RunFolder::open(m_context.home, described->runId.toStdString());
        const auto config = run ? run->config() : Result<experiment::RunConfig>(run.error());
        if (config) {
            return QString::fromStdString(config->model);
        }
    }
    for (const QString& name : {described->baseModel, QFileInfo(described->baseModel).fileName().toLower()}) {
        if (!name.isEmpty() && formats::resolveModel(m_context.home.root, name.toStdString())) {
            return name;
        }
    }
    return m_model; // attaching it says whether it fits
}

QString TryPage::nameOf(const fs::path& adapter) const
{
    if (adapter.empty()) {
        return tr("Base model");
    }
    if (const KnownAdapter* known = m_context.adapters->find(adapter)) {
        return known->name;
    }
    if (const auto run = runAt(adapter)) {
        return tr("%1 · newest checkpoint").arg(QString::fromStdString(run->name));
    }
    return QString::fromStdString(adapter.filename().string());
}

std::vector<fs::path> TryPage::adapters() const
{
    std::vector<fs::path> folders;
    for (const TryColumn* column : m_columns) {
        if (!column->adapter().empty()) {
            folders.push_back(column->adapter());
        }
    }
    return folders;
}

void TryPage::addColumn(const fs::path& adapter)
{
    auto* column = new TryColumn(adapter, "conversation " + std::to_string(++m_conversations), this);
    column->setName(nameOf(adapter));
    m_columns.push_back(column);
    m_columnsLayout->addWidget(column, 1);
    column->show();
    connect(column, &TryColumn::removeAsked, this, [this, column] { removeColumn(column); });
}

void TryPage::removeColumn(TryColumn* column)
{
    if (m_columns.size() < 2 || m_context.chat->isAsking()) {
        return;
    }
    m_context.chat->forget({column->conversation()});
    std::erase(m_columns, column);
    column->hide();
    column->deleteLater();
    m_prompt->setFocus(Qt::OtherFocusReason);
    if (m_context.chat->state() == ChatService::State::Ready) {
        prepare(); // gives the adapter's memory back
    }
    showColumns();
}

void TryPage::setAdapters(std::vector<fs::path> adapters)
{
    if (adapters.size() > AdapterDialog::kMost) {
        m_context.messages->post(
            Tone::Caution,
            tr("%1 adapters are too many side by side: the first %2 are shown.").arg(adapters.size()).arg(AdapterDialog::kMost));
        adapters.resize(AdapterDialog::kMost);
    }
    if (!adapters.empty()) {
        m_model = modelOf(adapters.front());
        fillModels();
    }
    adapters.insert(adapters.begin(), fs::path());
    setColumns(adapters);
    if (adapters.size() > 1 || m_context.chat->state() == ChatService::State::Ready) {
        prepare();
    }
    showState();
    showColumns();
}

void TryPage::setColumns(const std::vector<fs::path>& adapters)
{
    std::vector<std::string> old;
    for (TryColumn* column : std::exchange(m_columns, {})) {
        old.push_back(column->conversation());
        column->hide();
        column->deleteLater();
    }
    m_context.chat->forget(old);
    m_session.clear();
    m_asking.clear();
    for (const fs::path& adapter : adapters) {
        addColumn(adapter);
    }
}

void TryPage::chooseAdapters()
{
    auto* dialog = new AdapterDialog(*m_context.adapters, adapters(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        if (dialog->chosen() != adapters()) {
            setAdapters(dialog->chosen());
            if (m_prompt->document()->isEmpty()) {
                m_prompt->setPlainText(m_lastQuestion); // to be asked of the new ones too
            }
        }
        m_prompt->setFocus(Qt::OtherFocusReason);
    });
    dialog->open();
}

void TryPage::newConversation()
{
    if (m_context.chat->isAsking()) {
        return;
    }
    std::vector<fs::path> same;
    std::vector<std::vector<wire::SitePlace>> off;
    for (const TryColumn* column : m_columns) {
        same.push_back(column->adapter());
        off.push_back(column->off());
    }
    setColumns(same);
    for (std::size_t i = 0; i < off.size(); ++i) {
        m_columns[i]->setOff(off[i]);
    }
    showColumns();
    m_prompt->setFocus(Qt::OtherFocusReason);
}

void TryPage::prepare()
{
    m_context.chat->use(m_model, adapters());
}

void TryPage::ask()
{
    const QString prompt = m_prompt->toPlainText().trimmed();
    const QString problem = m_settings->problem();
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (prompt.isEmpty() || !problem.isEmpty() || m_context.chat->isAsking()) {
        return;
    }
    ChatQuestion question;
    m_asked.assign(m_columns.begin(), m_columns.end());
    for (TryColumn* column : m_columns) {
        question.columns.push_back({column->adapter(), column->turns(), column->conversation(), column->off()});
        column->beginTurn(prompt);
    }
    question.prompt = prompt.toStdString();
    question.system = m_settings->system();
    question.plain = m_settings->plain();
    question.options = m_settings->options();
    m_lastQuestion = prompt;
    m_session.append(prompt);
    m_anyAnswer = false;
    prepare();
    m_context.chat->ask(std::move(question));
    m_prompt->clear();
    showColumns();
}

void TryPage::finishQuestion()
{
    if (!m_anyAnswer) { // nothing came of it
        m_asking.clear();
        if (!m_session.isEmpty()) {
            m_session.removeLast();
        }
        if (m_prompt->document()->isEmpty()) {
            m_prompt->setPlainText(m_lastQuestion); // it need not be written again
        }
    }
    showState();
    showColumns();
    if (!m_asking.isEmpty()) { // not from inside of the answer's signal
        QTimer::singleShot(0, this, &TryPage::askNextOfSet);
    }
}

void TryPage::stop()
{
    m_asking.clear();
    m_context.chat->cancel();
}

/// What is being written in the box stays there.
void TryPage::askNextOfSet()
{
    if (m_asking.isEmpty() || m_context.chat->isAsking()) {
        return;
    }
    const QString written = m_prompt->toPlainText();
    m_prompt->setPlainText(m_asking.takeFirst());
    ask();
    if (m_context.chat->isAsking()) {
        m_prompt->setPlainText(written);
    } else { // the settings are wrong, which is said
        m_asking.clear();
    }
}

} // namespace lori::ui
