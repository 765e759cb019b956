// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/try/try_settings.h"

#include "ui/widgets/number_field.h"

#include <nlohmann/json.hpp>

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

namespace lori::ui {

namespace {

constexpr double kLongestAnswer = 8192;   // tokens
constexpr double kUsualAnswer = 256;      // tokens
constexpr double kHighestTemperature = 5; // beyond it every word is equally likely
constexpr double kUsualTemperature = 0.7;
constexpr double kHighestSeed = 2147483647;

std::int64_t wholeIn(const NumberField* field)
{
    return nlohmann::json::parse(field->number().json().toStdString()).get<std::int64_t>();
}

} // namespace

TrySettings::TrySettings(QWidget* parent) : QWidget(parent)
{
    const auto label = [this](QWidget* buddy) {
        auto* made = new QLabel(this);
        made->setBuddy(buddy);
        return made;
    };
    const auto number = [this](const char* name, TypedNumber::Kind kind, double low, double high, double value) {
        auto* made = new NumberField(kind, this);
        made->setObjectName(QLatin1String(name));
        made->setRange(low, high);
        made->showValue(value);
        return made;
    };
    m_longest = number("tryLongest", TypedNumber::Kind::Whole, 1, kLongestAnswer, kUsualAnswer);
    m_temperature = number("tryTemperature", TypedNumber::Kind::Real, 0.01, kHighestTemperature, kUsualTemperature);
    m_seed = number("trySeed", TypedNumber::Kind::Whole, 0, kHighestSeed, 0);
    m_longestLabel = label(m_longest);
    m_temperatureLabel = label(m_temperature);
    m_seedLabel = label(m_seed);
    m_greedy = new QCheckBox(this);
    m_greedy->setObjectName(QStringLiteral("tryGreedy"));
    m_greedy->setChecked(true); // what differs between columns is then the adapters' work alone
    m_system = new QLineEdit(this);
    m_system->setObjectName(QStringLiteral("trySystem"));
    m_systemLabel = label(m_system);
    m_plain = new QCheckBox(this);
    m_plain->setObjectName(QStringLiteral("tryPlain"));

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    int column = 0;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_longestLabel, m_longest, m_greedy, m_temperatureLabel, m_temperature,
                                                           m_seedLabel, m_seed}) {
        grid->addWidget(widget, 0, column++);
    }
    grid->addWidget(m_systemLabel, 1, 0);
    grid->addWidget(m_system, 1, 1, 1, 3);
    grid->addWidget(m_plain, 1, 4, 1, 3);
    connect(m_greedy, &QCheckBox::toggled, this, &TrySettings::enable);
    connect(m_plain, &QCheckBox::toggled, this, &TrySettings::enable);
    retranslate();
}

std::array<std::pair<QLabel*, NumberField*>, 3> TrySettings::fields() const
{
    return {{{m_longestLabel, m_longest}, {m_temperatureLabel, m_temperature}, {m_seedLabel, m_seed}}};
}

QString TrySettings::problem() const
{
    for (const auto& [label, field] : fields()) {
        if (field->isEnabled() && !field->number().isNumber()) {
            return tr("%1 %2", "a setting, and what is wrong with it").arg(label->text(), field->number().problem());
        }
    }
    return {};
}

wire::TextOptions TrySettings::options() const
{
    wire::TextOptions options;
    options.maxNewTokens = wholeIn(m_longest);
    options.greedy = m_greedy->isChecked();
    if (!options.greedy) {
        options.temperature = m_temperature->number().typed();
        options.seed = wholeIn(m_seed);
    }
    return options;
}

std::string TrySettings::system() const
{
    return plain() ? std::string() : m_system->text().trimmed().toStdString();
}

bool TrySettings::plain() const
{
    return m_plain->isChecked();
}

void TrySettings::setLongest(int tokens)
{
    m_longest->showValue(tokens);
}

void TrySettings::enable()
{
    const bool draws = !m_greedy->isChecked();
    const QString why = draws ? QString() : tr("The likeliest word is always taken: nothing is drawn.");
    for (NumberField* field : {m_temperature, m_seed}) {
        field->setEnabled(draws);
        field->setToolTip(why);
    }
    m_system->setEnabled(!m_plain->isChecked());
    m_system->setToolTip(m_plain->isChecked() ? tr("Plain text has no place for it.") : QString());
}

void TrySettings::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
    }
}

void TrySettings::retranslate()
{
    m_longestLabel->setText(tr("Longest answer, tokens:"));
    m_greedy->setText(tr("Always the likeliest word"));
    m_temperatureLabel->setText(tr("Temperature:"));
    m_seedLabel->setText(tr("Seed:"));
    m_systemLabel->setText(tr("System text:"));
    m_plain->setText(tr("Plain text, no chat template"));
    m_plain->setToolTip(tr("The text is continued as it stands, and every question stands alone."));
    m_system->setPlaceholderText(tr("said before the conversation"));
    m_longest->setAccessibleName(tr("Longest answer in tokens"));
    m_temperature->setAccessibleName(tr("Temperature"));
    m_seed->setAccessibleName(tr("Seed of the random numbers, the same for every column"));
    m_system->setAccessibleName(tr("System text"));
    m_greedy->setAccessibleName(m_greedy->text());
    m_plain->setAccessibleName(m_plain->text());
    enable();
}

} // namespace lori::ui
