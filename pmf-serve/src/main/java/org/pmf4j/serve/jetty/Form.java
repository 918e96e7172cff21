package org.pmf4j.serve.jetty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;
import org.pmf4j.serve.web.Part;
import org.pmf4j.serve.web.Problem;

/** Reads the parts of a form that is in memory. Has no state: any thread may call it. */
final class Form {
  private static final int MOST_PARTS = 1_000;
  private static final int LONGEST_HEADERS = 8 << 10;

  private Form() {}

  static List<Part> read(String contentType, byte[] body) {
    MultiPartConfig config =
        new MultiPartConfig.Builder()
            .maxParts(MOST_PARTS)
            .maxSize(body.length)
            .maxPartSize(body.length)
            .maxMemoryPartSize(-1)
            .maxHeadersSize(LONGEST_HEADERS)
            .useFilesForPartsWithoutFileName(false)
            .build();
    try (MultiPartFormData.Parts parts =
        MultiPartFormData.getParts(
            Content.Source.from(ByteBuffer.wrap(body)),
            new Attributes.Mapped(),
            contentType,
            config)) {
      List<Part> all = new ArrayList<>();
      for (MultiPart.Part part : parts) {
        all.add(new Part(String.valueOf(part.getName()), part.getFileName(), bytes(part)));
      }
      return all;
    } catch (CompletionException
        | IllegalArgumentException
        | IllegalStateException
        | IOException e) {
      throw Problem.badRequest(
          "the body is not the form that its Content-Type says, or has too many parts");
    }
  }

  private static byte[] bytes(MultiPart.Part part) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var in = Content.Source.asInputStream(part.createContentSource())) {
      in.transferTo(bytes);
    }
    return bytes.toByteArray();
  }
}
