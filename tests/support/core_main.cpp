// SPDX-License-Identifier: Apache-2.0
#include <QCoreApplication>

namespace lori::test {
int runRegisteredTests(QStringList arguments);
}

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return lori::test::runRegisteredTests(QCoreApplication::arguments());
}
