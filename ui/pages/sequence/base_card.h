// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/experiment/sequence.h"
#include "ui/frame/card.h"
#include "ui/services/app_context.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace lori::ui {

/// Where a sequence begins: the base model, and perhaps an adapter that is there already.
class BaseCard final : public Card {
    Q_OBJECT

public:
    explicit BaseCard(AppContext& context, QWidget* parent = nullptr);
    void show(const experiment::SequenceConfig& config);
    [[nodiscard]] QWidget* lastInTabOrder() const;

Q_SIGNALS:
    void modelChosen(const QString& model);
    /// A folder that the catalog knows; "" for none.
    void adapterChosen(const QString& folder);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void chooseAdapter();
    void fillModels();
    void showAdapter();

    AppContext& m_context;
    experiment::SequenceConfig m_config;
    QLabel* m_title = nullptr;
    QComboBox* m_model = nullptr;
    QLabel* m_startLabel = nullptr;
    QLabel* m_adapter = nullptr;
    QPushButton* m_choose = nullptr;
    QPushButton* m_clear = nullptr;
};

} // namespace lori::ui
