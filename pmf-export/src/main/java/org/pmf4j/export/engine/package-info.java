/** Runs graphs by ONNX Runtime, to hold them against the backend that they were traced from. */
package org.pmf4j.export.engine;
