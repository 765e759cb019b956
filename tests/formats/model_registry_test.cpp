// SPDX-License-Identifier: Apache-2.0
#include "core/formats/model_files.h"
#include "tests/formats/file_builders.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace lori;
using namespace lori::formats;
using namespace lori::test;

class ModelRegistryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_modelDir = qgetenv("LORI_MODEL_DIR");
        m_depsDir = qgetenv("LORI_DEPS_DIR");
    }
    void cleanup()
    {
        m_modelDir.isNull() ? qunsetenv("LORI_MODEL_DIR") : qputenv("LORI_MODEL_DIR", m_modelDir);
        m_depsDir.isNull() ? qunsetenv("LORI_DEPS_DIR") : qputenv("LORI_DEPS_DIR", m_depsDir);
    }

    void theEmbeddedModelIsFoundInItsFolders()
    {
        const TestFolder folder;
        qputenv("LORI_MODEL_DIR", (folder.path() / "first").c_str());
        qputenv("LORI_DEPS_DIR", (folder.path() / "deps").c_str());
        QVERIFY(!registeredModels(folder.path())[0].present);
        QCOMPARE(resolveModel(folder.path(), "smollm2-135m-instruct").error().code, ErrorCode::NotFound);
        const std::filesystem::path second = folder.write("deps/models/SmolLM2-135M-Instruct.Q4_1.gguf", "");
        QCOMPARE(resolveModel(folder.path(), "smollm2-135m-instruct").value(), second);
        const std::filesystem::path first = folder.write("first/SmolLM2-135M-Instruct.Q4_1.gguf", "");
        QCOMPARE(resolveModel(folder.path(), "smollm2-135m-instruct").value(), first);
    }

    void aRegisteredModelIsFoundByName()
    {
        const TestFolder folder;
        const std::filesystem::path model = folder.write("x.gguf", smallGguf().build());
        registerModel(folder.path() / "home", "mine", model).value();
        QCOMPARE(resolveModel(folder.path() / "home", "mine").value(), model);
        QCOMPARE(registeredModels(folder.path() / "home").size(), std::size_t{2});
        std::filesystem::remove(model);
        QVERIFY(!registeredModels(folder.path() / "home")[1].present);
        const auto gone = resolveModel(folder.path() / "home", "mine");
        QCOMPARE(gone.error().code, ErrorCode::NotFound);
        QCOMPARE(gone.error().where, model.string());
        QCOMPARE(gone.error().message, std::string("model_gone"));
    }

    void aModelIsTakenOffTheListAndItsFilesStay()
    {
        const TestFolder folder;
        const std::filesystem::path model = folder.write("x.gguf", smallGguf().build());
        registerModel(folder.path() / "home", "mine", model).value();
        registerModel(folder.path() / "home", "other", model).value();
        unregisterModel(folder.path() / "home", "mine").value();
        const auto left = registeredModels(folder.path() / "home");
        QCOMPARE(left.size(), std::size_t{2});
        QCOMPARE(left[1].name, std::string("other"));
        QVERIFY(std::filesystem::exists(model));
        QCOMPARE(unregisterModel(folder.path() / "home", "mine").error().code, ErrorCode::NotFound);
        QCOMPARE(unregisterModel(folder.path(), "smollm2-135m-instruct").error().code, ErrorCode::InvalidArgument);
        folder.write("damaged/models.json", "{broken");
        QCOMPARE(unregisterModel(folder.path() / "damaged", "mine").error().code, ErrorCode::BadFile);
        QCOMPARE(readTextFile(folder.path() / "damaged/models.json").value(), std::string("{broken"));
    }

    void aPathNeedsNoName()
    {
        const TestFolder folder;
        const std::filesystem::path model = folder.write("x.gguf", "");
        QCOMPARE(resolveModel(folder.path(), model.string()).value(), model);
        const auto unknown = resolveModel(folder.path(), "nobody");
        QCOMPARE(unknown.error().code, ErrorCode::NotFound);
        QVERIFY(unknown.error().hint.find("smollm2-135m-instruct") != std::string::npos);
        QCOMPARE(unknown.error().message, std::string("unknown_model"));
    }

    void refusesNamesAndFilesThatAreNone()
    {
        const TestFolder folder;
        const std::filesystem::path model = folder.write("x.gguf", smallGguf().build());
        QCOMPARE(registerModel(folder.path(), "", model).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(registerModel(folder.path(), "smollm2-135m-instruct", model).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(registerModel(folder.path(), "text", folder.write("t", "text")).error().code, ErrorCode::BadFile);
        QCOMPARE(registerModel(folder.path(), "none", folder.path() / "none").error().code, ErrorCode::NotFound);
    }

    void aDamagedListIsNamedAndNotOverwritten()
    {
        const TestFolder folder;
        const std::filesystem::path model = folder.write("x.gguf", smallGguf().build());
        folder.write("models.json", "{broken");
        QCOMPARE(registeredModels(folder.path()).size(), std::size_t{1});
        QCOMPARE(registerModel(folder.path(), "mine", model).error().code, ErrorCode::BadFile);
        QCOMPARE(readTextFile(folder.path() / "models.json").value(), std::string("{broken"));
    }

    void aDamagedListIsSaidByItsLine()
    {
        const TestFolder folder;
        const std::filesystem::path model = folder.write("x.gguf", smallGguf().build());
        folder.write("models.json", "{\n \"version\": 1,\n \"models\": x\n}\n");
        const auto refused = registerModel(folder.path(), "mine", model);
        QVERIFY(!refused);
        QVERIFY2(refused.error().what.find("(line 3, character 12)") != std::string::npos, refused.error().what.c_str());
    }

private:
    QByteArray m_modelDir;
    QByteArray m_depsDir;
};

LORI_TEST(ModelRegistryTest)
#include "model_registry_test.moc"
