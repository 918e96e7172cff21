package org.pmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmf4j.cli.console.Console;
import picocli.CommandLine;

@DisplayName("The README")
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md").toAbsolutePath().normalize();

  @TempDir private Path folder;

  private static List<String> blocks(String language) throws IOException {
    String text = Files.readString(README);
    Matcher m = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL).matcher(text);
    List<String> blocks = new ArrayList<>();
    while (m.find()) {
      blocks.add(m.group(1).stripIndent());
    }
    return blocks;
  }

  @Test
  @DisplayName("shows Java that compiles")
  void javaCompiles() throws IOException {
    List<String> blocks = blocks("java");
    assertThat(blocks).isNotEmpty();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    for (String block : blocks) {
      Path source = Files.writeString(folder.resolve("Example.java"), block);
      StringWriter messages = new StringWriter();
      try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
        boolean compiled =
            compiler
                .getTask(
                    messages,
                    files,
                    null,
                    List.of("-d", folder.toString(), "-proc:none"),
                    null,
                    files.getJavaFileObjects(source))
                .call();
        assertThat(compiled).as("%s%n%s", block, messages).isTrue();
      }
    }
  }

  @Test
  @DisplayName("shows commands whose options exist")
  void commandsParse() throws IOException {
    List<String> commands = new ArrayList<>();
    for (String block : blocks("bash")) {
      String joined = block.replace("\\\n", " ");
      joined.lines().map(String::trim).filter(l -> l.startsWith("./pmf ")).forEach(commands::add);
    }
    assertThat(commands).hasSizeGreaterThan(4);
    for (String command : commands) {
      String words = command.replaceFirst("^\\./pmf ", "").replaceFirst(" #.*", "").trim();
      CommandLine parser = Main.command(silent());
      assertThat(parser.parseArgs(split(words)).subcommand()).as(command).isNotNull();
    }
  }

  private static Console silent() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Console(nowhere, nowhere, false);
  }

  /** Words, where quotes keep some together. */
  private static String[] split(String line) {
    List<String> words = new ArrayList<>();
    Matcher m = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line);
    while (m.find()) {
      words.add(m.group(1) != null ? m.group(1) : m.group(2));
    }
    return words.toArray(String[]::new);
  }
}
