package org.pmf4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The environment of the hub")
class HubEnvironmentTest {
  @TempDir private Path home;

  private HubEnvironment with(String... pairs) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      variables.put(pairs[i], pairs[i + 1]);
    }
    return new HubEnvironment(variables, home);
  }

  @Test
  @DisplayName("says where the cache is, the nearest name first")
  void cache() {
    assertThat(with().cache().root()).isEqualTo(home.resolve(".cache/huggingface/hub"));
    assertThat(with("XDG_CACHE_HOME", "/x").cache().root())
        .isEqualTo(Path.of("/x/huggingface/hub"));
    assertThat(with("XDG_CACHE_HOME", "/x", "HF_HOME", "/h").cache().root())
        .isEqualTo(Path.of("/h/hub"));
    assertThat(with("HF_HOME", "/h", "HF_HUB_CACHE", "~/c").cache().root())
        .isEqualTo(home.resolve("c"));
    assertThat(with("HUGGINGFACE_HUB_CACHE", "/old").cache().root()).isEqualTo(Path.of("/old"));
  }

  @Test
  @DisplayName("says where the hub is")
  void endpoint() {
    assertThat(with().endpoint()).hasToString("https://huggingface.co");
    assertThat(with("HF_ENDPOINT", "https://mirror.example/hf/").endpoint())
        .hasToString("https://mirror.example/hf");
    for (String wrong : new String[] {"mirror.example", "ftp://x", "https://", "https://a b"}) {
      assertThatThrownBy(() -> with("HF_ENDPOINT", wrong).endpoint())
          .hasMessageContaining("which is no address such as https://huggingface.co");
    }
  }

  @Test
  @DisplayName("has a token, or a file has it, or nobody")
  void token() throws IOException {
    assertThat(with().token()).isEmpty();
    Path file = home.resolve(".cache/huggingface/token");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "hf_file\n");
    assertThat(with().token()).hasValue("hf_file");
    assertThat(with("HF_TOKEN", "hf_variable").token()).hasValue("hf_variable");
    assertThat(with("HF_TOKEN_PATH", home.resolve("none").toString()).token()).isEmpty();
    assertThat(with("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1").token()).isEmpty();
  }

  @Test
  @DisplayName("tells its token to nobody who asks what it is")
  void secret() {
    assertThatThrownBy(() -> with("HF_TOKEN", "hf_se\ncret").token())
        .hasMessageContaining("has characters that no token has")
        .hasMessageNotContaining("cret");
    assertThat(with("HF_TOKEN", "hf_secret").toString()).doesNotContain("secret");
  }

  @Test
  @DisplayName("says yes as Python reads it")
  void flags() {
    assertThat(with("HF_HUB_OFFLINE", "yes").offline()).isTrue();
    assertThat(with("HF_HUB_OFFLINE", "0").offline()).isFalse();
    assertThat(with("TRANSFORMERS_OFFLINE", "1").offline()).isTrue();
    assertThat(with().offline()).isFalse();
  }

  @Test
  @DisplayName("has times in seconds")
  void times() {
    assertThat(with().answerTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(with("HF_HUB_ETAG_TIMEOUT", "30").answerTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThatThrownBy(() -> with("HF_HUB_DOWNLOAD_TIMEOUT", "soon").downloadTimeout())
        .hasMessage("HF_HUB_DOWNLOAD_TIMEOUT is 'soon', not a whole number of seconds, 1 or more");
  }
}
