package org.pmf4j.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.api.backend.BackendOptions;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.plugin.PmfPlugin;
import org.pmf4j.core.Pmf;

@DisplayName("A folder of plugins")
class PluginFolderTest {
  @TempDir private Path work;

  private Path folder() {
    return work.resolve("plugins");
  }

  private Path jar(String name) {
    return folder().resolve(name);
  }

  private PluginJars jars() throws IOException {
    return PluginJars.in(work.resolve("work"));
  }

  private PluginRegistry discover() {
    return PluginRegistry.discover(PluginFolderTest.class.getClassLoader(), folder());
  }

  /** A jar beside every bad one, which must work all the same. */
  private void goodOne() throws IOException {
    jars()
        .plugin(
            "Good",
            "good",
            "@Override public List<Modality> modalities() { return List.of(new Scent()); }")
        .modality("Scent", "scent")
        .write(jar("m-good.jar"));
  }

  /** That a jar is left out by one line that says all this, and that the good one works. */
  private void leavesOut(Path bad, String... told) throws IOException {
    goodOne();
    try (PluginRegistry found = discover()) {
      assertThat(found.problems()).singleElement().asString().contains(bad + ": left out: ");
      String line = found.problems().get(0);
      assertThat(line).contains(Arrays.asList(told)).doesNotContain("\n");
      assertThat(found.modalities().has("scent")).isTrue();
      assertThat(found.modalities().has("image")).isTrue();
      assertThat(found.plugins()).extracting(PmfPlugin::name).contains("good", "core");
    }
  }

  @Test
  @DisplayName("brings what its jars offer, and says from where")
  void works() throws IOException {
    goodOne();
    try (PluginRegistry found = discover()) {
      assertThat(found.problems()).isEmpty();
      assertThat(found.modalities().get("scent").description()).isEqualTo("a test's");
      PmfPlugin good =
          found.plugins().stream().filter(p -> p.name().equals("good")).findFirst().orElseThrow();
      assertThat(found.origin(good)).contains(jar("m-good.jar"));
      assertThat(good.apiVersion()).isEqualTo(PmfPlugin.API_VERSION);
      assertThat(good.version()).isEqualTo("development");
      assertThat(found.plugins().stream().filter(p -> found.origin(p).isEmpty()))
          .extracting(PmfPlugin::name)
          .contains("core", "modalities", "djl", "tf");
    }
  }

  @Test
  @DisplayName("shows a plugin the API and the JDK, and nothing else of the host")
  void loadersAreFiltered() throws IOException {
    jars()
        .plugin(
            "Nosy",
            "nosy",
            """
            @Override public String version() {
              StringBuilder seen = new StringBuilder();
              for (String type : new String[] {
                  "org.pmf4j.api.tensor.Tensor", "javax.tools.ToolProvider", "java.sql.Connection",
                  "org.pmf4j.core.Pmf", "org.pmf4j.modalities.ModalitiesPlugin",
                  "com.fasterxml.jackson.databind.ObjectMapper", "org.slf4j.Logger"}) {
                try {
                  Class.forName(type);
                  seen.append(type.substring(type.lastIndexOf('.') + 1)).append(' ');
                } catch (ClassNotFoundException e) {
                  // not to be seen
                }
              }
              boolean services = getClass().getClassLoader().getResource(
                  "logback.xml") != null;
              return seen.toString().trim() + services;
            }
            """)
        .write(jar("nosy.jar"));
    try (PluginRegistry found = discover()) {
      assertThat(found.problems()).isEmpty();
      assertThat(found.plugins())
          .filteredOn(p -> p.name().equals("nosy"))
          .extracting(PmfPlugin::version)
          .containsExactly("Tensor ToolProvider Connectionfalse");
    }
  }

  @Test
  @DisplayName("gives a plugin the libraries of its own folder, whatever the host has")
  void librariesAreItsOwn() throws IOException {
    Path library =
        jars()
            .source(
                "com.fasterxml.jackson.databind.ObjectMapper",
                """
                package com.fasterxml.jackson.databind;
                public class ObjectMapper {
                  public static String edition() { return "the plugin's own"; }
                }
                """)
            .write(jar("carrier/jackson.jar"));
    jars()
        .withLibrary(library)
        .plugin(
            "Carrier",
            "carrier",
            """
            @Override public String version() {
              return com.fasterxml.jackson.databind.ObjectMapper.edition();
            }
            """)
        .write(jar("carrier/carrier.jar"));
    try (PluginRegistry found = discover()) {
      assertThat(found.problems()).isEmpty();
      PmfPlugin carrier =
          found.plugins().stream()
              .filter(p -> p.name().equals("carrier"))
              .findFirst()
              .orElseThrow();
      assertThat(carrier.version()).isEqualTo("the plugin's own");
      assertThat(found.origin(carrier)).contains(jar("carrier"));
    }
  }

  @Test
  @DisplayName("lets two plugins have classes of one name")
  void loadersAreApart() throws IOException {
    for (String name : List.of("one", "two")) {
      jars()
          .source(
              "Shared", "class Shared { static final String N = new String(\"" + name + "\"); }")
          .plugin("Same", name, "@Override public String version() { return Shared.N; }")
          .write(jar(name + ".jar"));
    }
    try (PluginRegistry found = discover()) {
      assertThat(found.plugins())
          .filteredOn(p -> List.of("one", "two").contains(p.name()))
          .extracting(PmfPlugin::version)
          .containsExactly("one", "two");
    }
  }

  @Test
  @DisplayName("leaves out what is no jar, and a jar that was cut off")
  void brokenJars() throws IOException {
    Path text = Files.writeString(Files.createDirectories(folder()).resolve("text.jar"), "hello");
    leavesOut(text, "text.jar is no whole jar file", "copy it anew");
    Files.delete(text);
    Path cut = jars().plugin("Cut", "cut", "").write(jar("cut.jar"));
    byte[] whole = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    leavesOut(cut, "cut.jar is no whole jar file");
  }

  @Test
  @DisplayName("leaves out a jar that names no plugin, and a folder without one")
  void noService() throws IOException {
    Path library = jars().modality("Scent", "x").write(jar("a.jar"));
    leavesOut(library, "no META-INF/services/org.pmf4j.api.plugin.PmfPlugin");
    Files.delete(library);
    leavesOut(Files.createDirectories(jar("b")), "no META-INF/services/");
  }

  @Test
  @DisplayName("leaves out a jar whose plugin's class is not there, or is no plugin")
  void wrongService() throws IOException {
    Path absent = jars().service("org.example.Nowhere").write(jar("absent.jar"));
    leavesOut(absent, "org.example.Nowhere not found", "correct META-INF/services/");
    Files.delete(absent);
    Path other = jars().modality("Scent", "x").service("Scent").write(jar("other.jar"));
    leavesOut(other, "Scent not a subtype");
  }

  @Test
  @DisplayName("leaves out a jar whose code throws, wherever it does")
  void throwing() throws IOException {
    String error = "throw new IllegalStateException(\"no licence\");";
    for (String body :
        List.of(
            "public Bad() { " + error + " }",
            "static int x = fail(); static int fail() { " + error + " }",
            "@Override public String version() { " + error + " }",
            "@Override public List<Modality> modalities() { " + error + " }",
            "@Override public List<FusionMethod> fusionMethods() { throw new AssertionError(\"no licence\"); }")) {
      Path bad = jars().plugin("Bad", "bad", body).write(jar("bad.jar"));
      leavesOut(bad, "no licence");
    }
    Path endless =
        jars()
            .plugin("Bad", "bad", "@Override public String version() { return version(); }")
            .write(jar("bad.jar"));
    leavesOut(endless, "java.lang.StackOverflowError");
    Path nothing = jars().plugin("Bad", "", "").write(jar("bad.jar"));
    leavesOut(nothing, "name() gives nothing");
    Path none =
        jars()
            .plugin("Bad", "bad", "@Override public List<Modality> modalities() { return null; }")
            .write(jar("bad.jar"));
    leavesOut(none, "NullPointerException");
  }

  @Test
  @DisplayName("leaves out a jar that lacks a library, and says where that belongs")
  void missingLibrary() throws IOException {
    Path bad =
        jars()
            .source("Library", "class Library { static String name() { return \"x\"; } }")
            .without("Library")
            .plugin("Bad", "bad", "@Override public String version() { return Library.name(); }")
            .write(jar("bad.jar"));
    leavesOut(bad, "the class Library is not there", "a folder of their own");
  }

  /**
   * The constant is copied into the plugin's class: it was compiled where the version was the next.
   */
  @Test
  @DisplayName("leaves out a jar that was compiled against newer interfaces")
  void newerVersion() throws IOException {
    Path newer =
        jars()
            .source(
                "org.pmf4j.api.plugin.PmfPlugin",
                """
                package org.pmf4j.api.plugin;
                public interface PmfPlugin {
                  int API_VERSION = %d;
                  String name();
                  int apiVersion();
                }
                """
                    .replace("%d", Integer.toString(PmfPlugin.API_VERSION + 1)))
            .without("org.pmf4j.api.plugin.PmfPlugin")
            .source(
                "Newer",
                """
                public class Newer implements org.pmf4j.api.plugin.PmfPlugin {
                  @Override public String name() { return "newer"; }
                  @Override public int apiVersion() { return API_VERSION; }
                }
                """)
            .service("Newer")
            .write(jar("newer.jar"));
    leavesOut(
        newer,
        String.format(
            Locale.ROOT,
            "built for version %d of the plugin interfaces, and this is version %d",
            PmfPlugin.API_VERSION + 1,
            PmfPlugin.API_VERSION));
  }

  @Test
  @DisplayName("leaves out a jar that calls what the interfaces have not")
  void misfits() throws IOException {
    String old = "package org.pmf4j.api.plugin; public interface PmfPlugin { String name(); }";
    Path without =
        jars()
            .source("org.pmf4j.api.plugin.PmfPlugin", old)
            .without("org.pmf4j.api.plugin.PmfPlugin")
            .source(
                "Old",
                """
                public class Old implements org.pmf4j.api.plugin.PmfPlugin {
                  @Override public String name() { return "old"; }
                }
                """)
            .service("Old")
            .write(jar("old.jar"));
    leavesOut(
        without,
        "does not fit version " + PmfPlugin.API_VERSION,
        "AbstractMethodError",
        "rebuild it");
    Files.delete(without);
    Path calling =
        jars()
            .source(
                "org.pmf4j.api.tensor.Shape",
                "package org.pmf4j.api.tensor; public class Shape { public static String brandNew() { return \"\"; } }")
            .without("org.pmf4j.api.tensor.Shape")
            .plugin(
                "Calls",
                "calls",
                "@Override public String version() { return org.pmf4j.api.tensor.Shape.brandNew(); }")
            .write(jar("calls.jar"));
    leavesOut(
        calling, "does not fit version " + PmfPlugin.API_VERSION, "NoSuchMethodError", "brandNew");
  }

  @Test
  @DisplayName("leaves out a jar whose names are taken, naming both")
  void duplicates() throws IOException {
    String brings = "@Override public List<Modality> modalities() { return List.of(new M()); }";
    Path text = jars().plugin("P", "p", brings).modality("M", "text").write(jar("text.jar"));
    leavesOut(text, "modality 'text' is brought by the built-in plugin modalities too");
    Files.delete(text);
    Path second = jars().plugin("P", "p", brings).modality("M", "scent").write(jar("z.jar"));
    leavesOut(second, "modality 'scent' is brought by " + jar("m-good.jar") + " too");
    Files.delete(second);
    Path named = jars().plugin("P", "good", "").write(jar("z.jar"));
    leavesOut(named, "plugin 'good' is brought by " + jar("m-good.jar") + " too");
  }

  @Test
  @DisplayName("must be there; one without plugins gives a notice")
  void missingOrEmpty() throws IOException {
    assertThatThrownBy(this::discover)
        .isInstanceOf(PmfException.class)
        .hasMessage(folder() + ": no such folder of plugins");
    Files.createDirectories(folder());
    Files.writeString(folder().resolve("README.txt"), "no plugin");
    try (PluginRegistry found = discover()) {
      assertThat(found.problems()).singleElement().asString().contains("holds no plugins");
    }
  }

  @Test
  @DisplayName("is read from Java too, and closed with the program")
  void fromJava() throws IOException {
    goodOne();
    PmfPlugin good;
    try (Pmf pmf = Pmf.open("djl", BackendOptions.DEFAULT, folder())) {
      assertThat(pmf.plugins().modalities().has("scent")).isTrue();
      good = pmf.plugins().plugins().stream().filter(p -> p.name().equals("good")).toList().get(0);
    }
    ClassLoader loader = good.modalities().get(0).getClass().getClassLoader();
    assertThatThrownBy(() -> loader.loadClass("Good$Absent"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThat(loader.getResource(PluginJars.SERVICE)).isNull();
  }
}
