package org.pmf4j.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkdownTest {
  @Test
  void keepsHtmlAndMarksFromBeingRead() {
    assertThat(Markdown.text("<script>alert(1)</script>|a\n# b ![x](y) `c`"))
        .isEqualTo("&lt;script&gt;alert(1)&lt;/script&gt;\\|a\\\\n# b !\\[x\\](y) \\`c\\`");
    assertThat(Markdown.text("macro_f1")).isEqualTo("macro_f1");
    assertThat(Markdown.code("../vit")).isEqualTo("`../vit`");
    assertThat(Markdown.code("a`<b>|")).isEqualTo("a\\`&lt;b&gt;\\|");
    assertThat(Markdown.text("x".repeat(10_000))).hasSize(201);
  }
}
