"""Properties of Form.io components that are read, or that only say how a page looks."""

from typing import Final

SEEN: Final = {  # what is read above, what only repeats it, and what every component has
    *("key", "type", "label", "title", "legend", "components", "columns", "rows", "values", "data"),
    *("validate", "conditional", "customConditional", "calculateValue", "defaultValue", "hidden"),
    *("description", "tooltip", "additionalDescriptionText", "additionalDescriptionLabel"),
    *("content", "html", "alerttype", "multiple", "customDefaultValue", "disabled", "readOnly"),
    *("prefix", "suffix", "inputMask", "currency", "decimalLimit", "dataSrc", "questions", "logic"),
    *("unique", "filePattern", "datePicker", "enableTime", "beforeDateInputKey", "mayBeEqual"),
    *("earliestAllowedDate", "latestAllowedDate", "specificEarliestAllowedDate", "hideLabel"),
    *("specificLatestAllowedDate", "accordionValues", "attachmentValues", "customLabels"),
    *("senderRole", "addressType", "input", "id", "navId", "persistent", "tableView", "tree"),
    *(
        "clearOnHide",
        "overlay",
        "validateOn",
        "labelPosition",
        "inputType",
        "inputFormat",
        "widget",
    ),
    *("spellcheck", "autocomplete", "fieldSize", "dataGridLabel", "theme", "breadcrumb"),
    *("buttonSettings", "breadcrumbClickable", "template", "tag", "attrs", "isNavDataGrid"),
    *("isNavCheckboxPanel", "descriptionPosition", "optionsLabelPosition", "visArvelger", "fields"),
    *("delimiter", "keyModified", "fuseOptions", "indexeddb", "searchEnabled", "limit", "0"),
    *(
        "refreshOn",
        "clearOnRefresh",
        "autoExpand",
        "fixedSize",
        "searchDebounce",
        "searchThreshold",
    ),
    *("disableLimit", "idPath", "lazyLoad", "selectThreshold", "displayMask", "valueProperty"),
    *("inputMaskPlaceholderChar", "maxLength", "step", "modalEdit", "additionalDescription"),
    *("backgroundColor", "redrawOn", "tabindex", "customClass", "placeholder", "dataType"),
    *("encrypted", "protected", "dbIndex", "mask", "errorLabel", "case", "inputMode", "kickbox"),
}
