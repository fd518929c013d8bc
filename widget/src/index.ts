import { NoticeAssistant } from "./element";

// A page that has the script twice gets one widget, not an error.
if (!customElements.get("notice-assistant"))
  customElements.define("notice-assistant", NoticeAssistant);
